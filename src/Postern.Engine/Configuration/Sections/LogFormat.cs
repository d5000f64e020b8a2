namespace Postern.Engine.Configuration.Sections;

/// <summary>How a log line is written.</summary>
public enum LogFormat : byte
{
    /// <summary>One JSON object per line.</summary>
    Json,

    /// <summary>For people.</summary>
    Text,
}
