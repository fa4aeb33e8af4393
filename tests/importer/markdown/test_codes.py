"""The codes of templates in a text of another generator."""

from __future__ import annotations

import pytest

from sitegen.importer.markdown.codes import codes_left, shown_codes


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        ("[a]({{ site.baseurl }}/a/)", "[a](/a/)"),
        ("[a]({{ '/a/' | relative_url }})", "[a](/a/)"),
        ('{{< figure src="/a b.jpg" alt="Fog" caption="Dusk" >}}', '![Fog](/a%20b.jpg "Dusk")'),
        (
            "{{< figure src='a.jpg' title='A \"b\"' attr='Ida Ek' >}}",
            "![](a.jpg \"A 'b' · Ida Ek\")",
        ),
        ("{{< figure alt='no image' >}}", "{{< figure alt='no image' >}}"),
        ("{% asset_img a.jpg Fog %}", "![Fog](a.jpg)"),
        ("{% highlight python %}\nx = 1\n{% endhighlight %}", "```python\nx = 1\n```"),
        ("{{< youtube abc-DEF_1 >}}", "<https://www.youtube.com/watch?v=abc-DEF_1>"),
        ('{{< youtube id="abc" autoplay="true" >}}', "<https://www.youtube.com/watch?v=abc>"),
        ("{% vimeo 123 %}", "<https://vimeo.com/123>"),
        ('{{< x user="ann" id="123" >}}', "<https://x.com/i/status/123>"),
        ("{% youtube a b/c %}", "{% youtube a b/c %}"),
    ],
)
def test_code_of_templates_becomes_markdown(body: str, markdown: str) -> None:
    assert shown_codes(body) == markdown


def test_very_many_codes_are_left_as_they_are() -> None:
    body = "{% vimeo 123 %}" * 2001
    assert shown_codes(body) == body


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("{% include x.html %} {{ page.x }} `{% code %}`", ["include", "{{ }}"]),
        ("```\n{{< gist 1 >}}\n```\n{{% note %}}", ["note"]),
        ("{% post_url 2020-01-02-a %} {{< ref a >}}", []),
    ],
)
def test_codes_that_are_left(body: str, left: list[str]) -> None:
    assert codes_left(body) == left
