namespace Postern.Engine.Media;

/// <summary>What media are for; the policy is written per family.</summary>
public enum MediaFamily : byte
{
    /// <summary>No media: text, or nothing that is known.</summary>
    None,

    /// <summary>Pictures.</summary>
    Image,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Moving pictures.</summary>
    Video,

    /// <summary>Typefaces.</summary>
    Font,

    /// <summary>Documents whose text is compressed or encrypted inside: PDF, the binary formats of office programs.</summary>
    Document,

    /// <summary>Archives and compressed files.</summary>
    Archive,

    /// <summary>Programs.</summary>
    Executable,
}
