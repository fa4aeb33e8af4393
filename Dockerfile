# sitegen with all extras, not as root.
# Build: docker build -t sitegen .
# Use:   docker run --rm -v "$PWD:/site" sitegen build
FROM python:3.12-slim
COPY . /src
RUN pip install --no-cache-dir '/src[all]' \
 && mkdir -p /etc/dask && cp /src/examples/cluster/dask.yaml /etc/dask/sitegen.yaml \
 && install /src/examples/cluster/entrypoint.sh /usr/local/bin/entrypoint \
 && rm -rf /src \
 && useradd --create-home --uid 1000 sitegen
# The bill of materials: every package of the image, as CycloneDX.
RUN python -m venv /tmp/bom && /tmp/bom/bin/pip install --no-cache-dir 'cyclonedx-bom>=5,<8' \
 && mkdir -p /usr/local/share/sitegen \
 && /tmp/bom/bin/cyclonedx-py environment --output-reproducible \
      -o /usr/local/share/sitegen/sbom.cdx.json /usr/local/bin/python \
 && rm -rf /tmp/bom
USER 1000
WORKDIR /site
EXPOSE 8000
ENTRYPOINT ["entrypoint"]
CMD ["--help"]
