# sitegen with all extras, not as root. Build: docker build -t sitegen .   Use: docker run --rm -v "$PWD:/site" sitegen build
FROM python:3.12-slim
COPY . /src
RUN pip install --no-cache-dir '/src[all]' && rm -rf /src \
 && useradd --create-home sitegen
USER sitegen
WORKDIR /site
EXPOSE 8000
ENTRYPOINT ["sitegen"]
CMD ["--help"]
