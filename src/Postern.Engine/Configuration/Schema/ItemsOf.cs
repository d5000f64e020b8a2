namespace Postern.Engine.Configuration.Schema;

/// <summary>A list of sections of one record type.</summary>
internal sealed class ItemsOf<TItem>(Func<SectionSchema> schema) : ItemsKind(schema)
    where TItem : class
{
    protected override object ToList(object[] items) => Array.ConvertAll(items, item => (TItem)item);
}
