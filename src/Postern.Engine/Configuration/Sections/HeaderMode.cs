namespace Postern.Engine.Configuration.Sections;

/// <summary>Which request headers are inspected.</summary>
public enum HeaderMode : byte
{
    /// <summary>Every one but the ignored.</summary>
    All,

    /// <summary>Only the listed ones.</summary>
    Sensitive,
}
