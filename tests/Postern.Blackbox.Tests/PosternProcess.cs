using System.Diagnostics;
using System.Text;
using Postern.Blackbox.Tests.Clients;

namespace Postern.Blackbox.Tests;

/// <summary>Runs the built program with a home of its own, which is removed afterwards.</summary>
internal sealed class PosternProcess : IDisposable
{
    private string? _userHome;

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program: the built one, or the published one that <c>POSTERN_EXECUTABLE</c> names.</summary>
    public static string Executable { get; } = System.Environment.GetEnvironmentVariable("POSTERN_EXECUTABLE")
        ?? Path.Combine(Root, "src", "Postern", "bin", "Release", "net10.0", OperatingSystem.IsWindows() ? "postern.exe" : "postern");

    /// <summary>Where this instance's runs keep their state and start.</summary>
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("postern-blackbox-").FullName;

    /// <summary>The home of this instance's runs.</summary>
    public string Home => Path.Combine(Directory, "home");

    /// <summary>Variables that the program finds in its environment besides the usual ones.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A program with arguments that starts the program instead, to do something to it first.</summary>
    public string[] Before { get; init; } = [];

    /// <summary>How long one run may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A path in this instance's directory.</summary>
    public string At(string name) => Path.Combine(Directory, name);

    /// <summary>Writes a file into this instance's directory.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    /// <summary>Gives the user a home of its own, so that <see cref="Directory"/> may be the workspace of a contained command.</summary>
    public string SetUserHome()
    {
        _userHome ??= System.IO.Directory.CreateTempSubdirectory("postern-user-").FullName;
        return Environment["HOME"] = _userHome;
    }

    /// <summary>Runs to the end without input.</summary>
    public Task<Outcome> RunAsync(params string[] args) => RunWithAsync("", args);

    /// <summary>Runs to the end with <paramref name="input"/> as standard input.</summary>
    public async Task<Outcome> RunWithAsync(string input, params string[] args)
    {
        using var process = Process.Start(StartOf(args))!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await FeedAsync(process.StandardInput, input, patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new Outcome(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Starts it beside the test; returns when it says <paramref name="readyMark"/>.</summary>
    public Task<BackgroundProcess> StartAsync(string readyMark, params string[] args) => BackgroundProcess.StartAsync(StartOf(args), readyMark);

    /// <inheritdoc/>
    public void Dispose()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        if (_userHome is not null)
        {
            System.IO.Directory.Delete(_userHome, recursive: true);
        }
    }

    private static async Task FeedAsync(StreamWriter to, string input, CancellationToken cancel)
    {
        try
        {
            await to.WriteAsync(input.AsMemory(), cancel);
            to.Close();
        }
        catch (IOException)
        {
            // A program that ends early does not read all of its input.
        }
    }

    private ProcessStartInfo StartOf(string[] args)
    {
        string[] all = [.. Before, Executable, .. args];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["POSTERN_HOME"] = Home;
        start.Environment["HOME"] = Directory;
        start.Environment.Remove("XDG_CONFIG_HOME");
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Postern.slnx")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return at;
    }
}
