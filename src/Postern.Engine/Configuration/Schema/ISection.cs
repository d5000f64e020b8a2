namespace Postern.Engine.Configuration.Schema;

/// <summary>A record that is a section of the file, or an item of a list of sections.</summary>
internal interface ISection
{
    /// <summary>Its keys.</summary>
    static abstract SectionSchema Schema { get; }
}
