namespace Postern.Engine.Configuration.Schema;

/// <summary>Declares a key whose value is a section of its own: what weakens protection is said by the keys inside.</summary>
internal static class Nested
{
    public static Setting Of<TSection, TInner>(
        string key, Func<TSection, TInner> get, Func<TSection, TInner, TSection> set, string doc, bool isOutsidePolicy = false)
        where TSection : class, new()
        where TInner : class, ISection =>
        new Field<TSection>(key, new SectionKind(static () => TInner.Schema), Weakens.Never, get, (section, value) => set(section, (TInner)value), doc)
        {
            IsOutsidePolicy = isOutsidePolicy,
        };
}
