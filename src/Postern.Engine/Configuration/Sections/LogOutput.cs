namespace Postern.Engine.Configuration.Sections;

/// <summary>Where log lines go.</summary>
public enum LogOutput : byte
{
    /// <summary>Standard error.</summary>
    Stderr,

    /// <summary>Standard output.</summary>
    Stdout,

    /// <summary>The file.</summary>
    File,

    /// <summary>Standard error and the file.</summary>
    Both,
}
