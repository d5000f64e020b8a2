namespace Postern.Program.Scanning;

/// <summary>What <c>scan</c> looks for; each kind takes one form of line.</summary>
[Flags]
internal enum BatchKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A destination: lines with a <c>url</c>.</summary>
    Url = 1,

    /// <summary>Secrets on their way out: lines with a <c>text</c>.</summary>
    Dlp = 2,

    /// <summary>Instructions on their way in: lines with a <c>text</c>.</summary>
    Injection = 4,

    /// <summary>A tool call: lines with a <c>tool</c> and its <c>arguments</c>.</summary>
    ToolCall = 8,

    /// <summary>Whatever the line's form allows.</summary>
    All = Url | Dlp | Injection | ToolCall,
}
