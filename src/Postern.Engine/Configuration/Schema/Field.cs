namespace Postern.Engine.Configuration.Schema;

/// <summary>
/// The one line that declares a key. Its default is not here: it is the initializer of the property in the section's record, read
/// through <paramref name="get"/>.
/// </summary>
internal sealed class Field<TSection>(
    string key,
    SettingKind kind,
    Weakens weakens,
    Func<TSection, object> get,
    Func<TSection, object, TSection> set,
    string doc) : Setting(key, kind, weakens, doc)
    where TSection : class, new()
{
    public override object NewSection() => new TSection();

    public override object Get(object section) => get((TSection)section);

    public override object Set(object section, object value) => set((TSection)section, value);
}
