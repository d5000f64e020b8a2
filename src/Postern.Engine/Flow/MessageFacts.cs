using Postern.Engine.Mcp;
using Postern.Engine.Media;
using Postern.Engine.Views;

namespace Postern.Engine.Flow;

/// <summary>What an adapter knows about a message besides its bytes.</summary>
public readonly record struct MessageFacts(MessageKind Kind, Direction Direction)
{
    /// <summary>How the body is read.</summary>
    public ContentKind Content { get; init; }

    /// <summary>What label and beginning of the body say about media in it; null when they say nothing, or when there is no body.</summary>
    public MediaHead? Media { get; init; }

    /// <summary>In which coding the body's characters are written; null for UTF-8, or when nothing says.</summary>
    public Charset? Charset { get; init; }

    /// <summary>What the adapter could not do.</summary>
    public Obstacle Obstacles { get; init; }

    /// <summary>Response status; 0 for anything else.</summary>
    public int Status { get; init; }

    /// <summary>Body bytes at the end of a window that stay behind, to be inspected again with what follows; 0 for whole bodies.</summary>
    public int HeldBack { get; init; }

    /// <summary>Body bytes at the start of a piece that were released with an earlier one and are only looked at again; 0 for whole bodies.</summary>
    public int Lead { get; init; }

    /// <summary>True when the body is there from its first to its last byte.</summary>
    public bool Whole { get; init; }

    /// <summary>True for a stream's last piece.</summary>
    public bool Last { get; init; }

    /// <summary>What is known of an MCP message; default for anything else.</summary>
    public McpFacts Mcp { get; init; }

    /// <summary>True when something that was sent already, or that stands around the text, says how long the body is: an edit must not change that.</summary>
    public bool KeepsLength { get; init; }

    /// <summary>True when somebody else carries the message on and nobody can put an edited copy in its place: what would be edited is refused.</summary>
    public bool IsFixed { get; init; }

    /// <summary>The multipart boundary; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Boundary { get; init; }
}
