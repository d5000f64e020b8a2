namespace Postern.Program.Abom;

/// <summary>What an entry of the bill of materials is.</summary>
internal enum BomKind
{
    /// <summary>A server of tools.</summary>
    Server,

    /// <summary>A tool of one.</summary>
    Tool,

    /// <summary>A model that is asked.</summary>
    Model,

    /// <summary>A place in the network.</summary>
    Host,

    /// <summary>A package that the project depends on.</summary>
    Package,
}
