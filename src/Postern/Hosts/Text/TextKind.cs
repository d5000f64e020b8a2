namespace Postern.Program.Hosts.Text;

/// <summary>What a value in a configuration file is.</summary>
internal enum TextKind : byte
{
    /// <summary>A number, a flag, a date, nothing.</summary>
    Other,

    /// <summary>A text.</summary>
    String,

    /// <summary>A list.</summary>
    Array,

    /// <summary>Members with names: an object, a table.</summary>
    Object,
}
