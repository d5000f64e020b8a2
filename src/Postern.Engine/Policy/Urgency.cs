namespace Postern.Engine.Policy;

/// <summary>How much somebody has to look at an event now. Sinks choose by it.</summary>
public enum Urgency : byte
{
    /// <summary>For the record: it passed, or Postern says something about itself.</summary>
    Info,

    /// <summary>It did not pass as it was, or would not have with enforcing.</summary>
    Warn,

    /// <summary>It was refused for something grave, or Postern cannot do its work.</summary>
    Critical,
}
