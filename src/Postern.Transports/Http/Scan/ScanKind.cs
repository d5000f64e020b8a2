namespace Postern.Transports.Http.Scan;

/// <summary>What a caller wants to have looked at.</summary>
internal enum ScanKind : byte
{
    /// <summary>Not said, or not known.</summary>
    None,

    /// <summary>A destination, before anybody goes there.</summary>
    Url,

    /// <summary>A text on its way out.</summary>
    Dlp,

    /// <summary>A text on its way to a model.</summary>
    PromptInjection,

    /// <summary>The name and the arguments of a tool call.</summary>
    ToolCall,
}
