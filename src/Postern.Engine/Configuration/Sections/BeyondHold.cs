namespace Postern.Engine.Configuration.Sections;

/// <summary>What becomes of media that are too long to be held.</summary>
public enum BeyondHold : byte
{
    /// <summary>Refused.</summary>
    Block,

    /// <summary>Judged by the head, then passed on window by window.</summary>
    Stream,
}
