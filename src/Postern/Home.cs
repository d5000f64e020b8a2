namespace Postern.Program;

/// <summary>Where Postern keeps its state: keys, certificate authority, evidence. Readable by its owner only.</summary>
internal sealed class Home
{
    private Home(string path) => Path = path;

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>Where evidence goes unless the configuration says otherwise.</summary>
    public string Evidence => System.IO.Path.Combine(Path, "evidence");

    /// <summary>Where sealed copies of messages go unless the configuration says otherwise.</summary>
    public string Captures => System.IO.Path.Combine(Path, "captures");

    /// <summary>While this file is there, nothing passes in any run of this home.</summary>
    public string Halt => System.IO.Path.Combine(Path, "halt");

    /// <summary>Holds the operator's token where the configuration names none.</summary>
    public string ControlToken => System.IO.Path.Combine(Path, "control-token");

    /// <summary>Where the pins of MCP servers are kept.</summary>
    public string Pins => System.IO.Path.Combine(Path, "pins");

    /// <summary>How the tools of MCP servers are usually called.</summary>
    public string Baselines => System.IO.Path.Combine(Path, "baselines");

    /// <summary>The home that <paramref name="option"/>, the environment or the user's directory names; nothing is created.</summary>
    public static Home Find(string? option)
    {
        var path = option ?? Environment.GetEnvironmentVariable("POSTERN_HOME");
        return new Home(System.IO.Path.GetFullPath(string.IsNullOrEmpty(path)
            ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".postern")
            : path));
    }

    /// <summary>Makes sure that the directory is there and that only its owner can enter it.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
