using System.IO.Compression;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>Package managers against an index of our own.</summary>
public sealed class PackageTests
{
    [NeedsFact("nginx tar")]
    public async Task Npm_installs()
    {
        await using var stage = new Stage();
        var nginx = await stage.StartNginxAsync();
        await stage.UseNodeAsync();

        var output = await stage.SucceedAsync("""
            mkdir -p package nginx/files/npm/tarballs app
            echo '{"name":"postern-stub","version":"1.2.3","main":"index.js"}' >package/package.json
            echo 'module.exports = "installed";' >package/index.js
            head -c 2000000 /dev/urandom >package/large.bin
            tar czf nginx/files/npm/tarballs/postern-stub-1.2.3.tgz package
            integrity=sha512-$(openssl dgst -sha512 -binary nginx/files/npm/tarballs/postern-stub-1.2.3.tgz | base64 -w0)
            echo '{"name":"postern-stub","dist-tags":{"latest":"1.2.3"},"versions":{"1.2.3":{"name":"postern-stub","version":"1.2.3","dist":{"integrity":"'$integrity'","tarball":"'$TLS'/npm/tarballs/postern-stub-1.2.3.tgz"}}}}' >nginx/files/npm/postern-stub
            cd app
            npm install --silent --no-audit --no-fund --no-update-notifier --registry $TLS/npm/ postern-stub
            node -p 'require("postern-stub")'
            cmp ../package/large.bin node_modules/postern-stub/large.bin
            """);

        Assert.Equal("installed\n", output);
        Assert.Contains(nginx.Arrived, static line => line.StartsWith("GET /npm/tarballs/postern-stub-1.2.3.tgz", StringComparison.Ordinal));
    }

    [NeedsFact("nginx dotnet")]
    public async Task Dotnet_restores()
    {
        await using var stage = new Stage();
        var nginx = await stage.StartNginxAsync();
        WriteIndex(Directory.CreateDirectory(Path.Combine(nginx.Files, "nuget")).FullName, nginx.Tls + "/nuget/");

        await stage.SucceedAsync("""
            export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 NUGET_PACKAGES=$PWD/packages
            mkdir app
            echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Postern.Stub" Version="1.2.3" /></ItemGroup></Project>' >app/app.csproj
            dotnet restore app/app.csproj --source $TLS/nuget/index.json >restore.log 2>&1 || { cat restore.log; exit 1; }
            test -f packages/postern.stub/1.2.3/lib/net10.0/_._
            """);

        Assert.Contains(nginx.Arrived, static line => line.StartsWith("GET /nuget/flat/postern.stub/1.2.3/postern.stub.1.2.3.nupkg", StringComparison.Ordinal));
    }

    private static void WriteIndex(string directory, string url)
    {
        var package = Directory.CreateDirectory(Path.Combine(directory, "flat", "postern.stub", "1.2.3")).FullName;
        File.WriteAllText(Path.Combine(directory, "index.json"), $$"""{"version":"3.0.0","resources":[{"@id":"{{url}}flat/","@type":"PackageBaseAddress/3.0.0"}]}""");
        File.WriteAllText(Path.Combine(directory, "flat", "postern.stub", "index.json"), """{"versions":["1.2.3"]}""");
        using var zip = ZipFile.Open(Path.Combine(package, "postern.stub.1.2.3.nupkg"), ZipArchiveMode.Create);
        Write(zip, "Postern.Stub.nuspec", """
            <?xml version="1.0"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>Postern.Stub</id><version>1.2.3</version><authors>tests</authors><description>Empty.</description></metadata>
            </package>
            """);
        Write(zip, "lib/net10.0/_._", string.Empty);
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }
}
