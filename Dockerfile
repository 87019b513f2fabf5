# syntax=docker/dockerfile:1.10
# The silo's image. `docker build .` takes Orleans as its grain engine, `--build-arg GRAIN_ENGINE=BuiltIn` our own. With
# `--sbom=true --provenance=true` BuildKit adds a bill of materials and where it came from. Every step that builds is in
# scripts/image-publish, which `make image-dry-run` runs without a container engine.
ARG DOTNET=10.0
ARG NODE=22

# The pages are the same files on every processor, so they are built once, where the builder is.
FROM --platform=$BUILDPLATFORM node:${NODE}-bookworm-slim AS pages
WORKDIR /source
COPY scripts/frontend scripts/image-publish scripts/
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc frontend/
RUN scripts/frontend --packages
COPY frontend/ frontend/
RUN scripts/image-publish pages

# The compiler runs where the builder is and writes for the target, so nothing is emulated.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${DOTNET}-noble AS publish
ARG GRAIN_ENGINE=Orleans
ARG TARGETARCH=amd64
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
# What decides the packages comes first: sources change daily, packages seldom, and their layer is the slow one.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props ./
COPY scripts/engine scripts/engine.targets scripts/image-publish scripts/
COPY src/Directory.Build.props src/
COPY src/Api/Api.csproj src/Api/
COPY src/Engine/Core/Engine.csproj src/Engine/Core/
COPY src/Engine/Generator/Engine.Generator.csproj src/Engine/Generator/
COPY src/Engine/Postgres/Engine.Postgres.csproj src/Engine/Postgres/
COPY src/Grains.Abstractions/Grains.Abstractions.csproj src/Grains.Abstractions/
COPY src/Grains/Grains.csproj src/Grains/
COPY src/Integrations/Integrations.csproj src/Integrations/
COPY src/Silo/Silo.csproj src/Silo/
RUN scripts/image-publish restore "linux-musl-$TARGETARCH" "$GRAIN_ENGINE"
COPY .editorconfig BannedSymbols.txt README.md ARCHITECTURE.md SECURITY.md ./
COPY docs/ docs/
COPY db/ db/
COPY src/ src/
COPY --from=pages /source/frontend/out/ frontend/out/
RUN scripts/image-publish publish "linux-musl-$TARGETARCH" "$GRAIN_ENGINE" /published

FROM mcr.microsoft.com/dotnet/runtime-deps:${DOTNET}-alpine AS silo
ARG GRAIN_ENGINE=Orleans
# scripts/version, where somebody gives it.
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="FteAgent" \
      org.opencontainers.image.description="An AI employee for customer success: pages, API and grains in one process." \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.base.name="mcr.microsoft.com/dotnet/runtime-deps:10.0-alpine" \
      fteagent.grain-engine="$GRAIN_ENGINE"
# tzdata: BusinessHours__TimeZone names a zone such as Europe/Berlin.
# The client for Kafka, librdkafka, comes with the program: its package has a build for musl with TLS and SCRAM in it. The one for arm64 wants
# libsasl beside it.
RUN apk add --no-cache tzdata libsasl \
 && install -d -o "$APP_UID" -g "$APP_UID" -m 700 /data
# `make image-dry-run` reads these settings from here, so that it measures with the same.
# Cultures: none. Nothing in the product sorts, compares or formats by one, so the 30 MB of ICU stay out; zones do not need it.
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 \
    # One heap and no thread for each core: a small machine has one or two, and memory is what it lacks.
    DOTNET_gcServer=0 \
    # In hexadecimal, of the machine's memory: half. On 256 MB the other half is for code, threads, buffers and the kernel. A heap that
    # reaches the limit is compacted; without one it grows until the kernel ends the process.
    DOTNET_GCHeapHardLimitPercent=0x32 \
    # Compact when half of the heap's gaps could be given back (0 is never, 9 is at any price).
    DOTNET_GCConserveMemory=5 \
    # Counting which way branches go costs memory and time in the first minutes, and ReadyToRun code is good enough until then.
    DOTNET_TieredPGO=0 \
    # No thread turns round and round until there is work: where processors are shared or counted, as on Fly, that takes from those that have some.
    DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0 \
    # No socket for debuggers: it would be written to /tmp, and the root is read-only. Set it to 1, with a writable TMPDIR, to trace.
    DOTNET_EnableDiagnostics=0 \
    # No watch over files of settings: they cannot change here, and watching costs the start and memory.
    DOTNET_hostBuilder__reloadConfigOnChange=false \
    # On all addresses of both families. Fly's private network is IPv6.
    FTE_URL=http://[::]:8080 \
    FTE_DATA=/data
# Not the root: a program of .NET may look for settings in its working folder and watch all that is below it.
WORKDIR /app
COPY --from=publish /published ./
# By number, so that Kubernetes can see that it is not root.
USER $APP_UID
# 8080 serves, 9464 is for Prometheus, 11111 for other silos only.
EXPOSE 8080 9464 11111
# Not ready is not unhealthy: a silo that drains, or has no database, must not be killed for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["wget", "-q", "-T", "2", "-O", "/dev/null", "http://127.0.0.1:8080/health/live"]
# The time the silo takes to stop is its own; 'docker stop' gives only 10 seconds unless told --time 30.
STOPSIGNAL SIGTERM
ENTRYPOINT ["./FteAgent.Silo"]
CMD ["run"]
