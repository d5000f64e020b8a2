using System.Diagnostics;
using Postern.Blackbox.Tests;

namespace Postern.Sandbox.Tests.Running;

/// <summary>A workspace of its own, and the built program that contains commands in it.</summary>
internal sealed class Contained : IDisposable
{
    /// <summary>Words of the rows that say who starts the program.</summary>
    public const string Root = "root", Nobody = "nobody";

    private const string NobodysNumber = "65534";

    private readonly PosternProcess _postern;

    /// <summary>With the program started as <paramref name="user"/>; without namespaces when <paramref name="crippled"/>.</summary>
    public Contained(string user = Root, bool crippled = false)
    {
        // In a user namespace whose owner may make no other, the kernel refuses as it does in many containers.
        string[] cripple = crippled ? ["unshare", "--user", "--map-current-user", "--keep-caps", "sh", "-c", "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$@\"", "sh"] : [];
        string[] become = user == Nobody ? ["setpriv", "--reuid", NobodysNumber, "--regid", NobodysNumber, "--clear-groups"] : [];
        _postern = new PosternProcess { Before = [.. become, .. cripple], Patience = TimeSpan.FromMinutes(2) };
        UserHome = _postern.SetUserHome();
        var keys = System.IO.Directory.CreateDirectory(Path.Join(UserHome, ".ssh")).FullName;
        File.WriteAllText(Path.Join(keys, "id_test"), "PRIVATE");
        if (user == Nobody)
        {
            Process.Start("chown", ["-R", $"{NobodysNumber}:{NobodysNumber}", _postern.Directory, UserHome]).WaitForExit();
        }
    }

    /// <summary>The user's home, with a key in it.</summary>
    public string UserHome { get; }

    /// <summary>The workspace: the program is started here.</summary>
    public string Directory => _postern.Directory;

    /// <summary>Variables of the program.</summary>
    public Dictionary<string, string> Environment => _postern.Environment;

    /// <summary>Writes a file beneath the workspace.</summary>
    public string Write(string name, string text) => _postern.Write(name, text);

    /// <summary>Runs <c>postern ARGS</c>.</summary>
    public Task<Outcome> PosternAsync(params string[] args) => _postern.RunAsync(args);

    /// <summary>Runs <c>postern ARGS</c> with <paramref name="input"/>.</summary>
    public Task<Outcome> PosternWithAsync(string input, params string[] args) => _postern.RunWithAsync(input, args);

    /// <summary>Runs another program with the same variables and in the same place, and returns what it says.</summary>
    public async Task<string> WithAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = Directory, RedirectStandardOutput = true };
        start.Environment["POSTERN_HOME"] = _postern.Home;
        start.Environment["HOME"] = UserHome;
        using var process = Process.Start(start)!;
        return await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a script in the sandbox.</summary>
    public Task<Outcome> ShellAsync(string script, params string[] options) => _postern.RunAsync(["sandbox", .. options, "--", "bash", "-c", script]);

    /// <inheritdoc/>
    public void Dispose() => _postern.Dispose();
}
