namespace Postern.Engine.Configuration.Sections;

/// <summary>Where log lines go.</summary>
public enum LogOutput : byte
{
    /// <summary>The program decides: standard error when it serves, nowhere when it runs a command whose terminal it shares.</summary>
    Auto,

    /// <summary>Nowhere.</summary>
    None,

    /// <summary>Standard error.</summary>
    Stderr,

    /// <summary>Standard output.</summary>
    Stdout,

    /// <summary>The file.</summary>
    File,

    /// <summary>Standard error and the file.</summary>
    Both,
}
