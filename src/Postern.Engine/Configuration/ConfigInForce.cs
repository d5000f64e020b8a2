using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration;

/// <summary>
/// What a running program takes over of a changed configuration. Its policy and hash are made from this, not from the file: a hash
/// that covers values not yet in force would have the evidence vouch for a policy under which nothing was judged.
/// </summary>
public static class ConfigInForce
{
    /// <summary><paramref name="next"/>, with the running values of all settings that need a restart.</summary>
    /// <param name="running">The configuration as it acts now.</param>
    /// <param name="next">The configuration as it was read.</param>
    public static PosternConfig After(PosternConfig running, PosternConfig next)
    {
        ArgumentNullException.ThrowIfNull(running);
        ArgumentNullException.ThrowIfNull(next);
        return (PosternConfig)After(PosternConfig.Schema, running, next);
    }

    private static object After(SectionSchema schema, object running, object next)
    {
        foreach (var setting in schema.Settings)
        {
            if (setting.NeedsRestart)
            {
                next = setting.Set(next, setting.Get(running));
            }
            else if (setting.Kind is SectionKind nested)
            {
                next = setting.Set(next, After(nested.Schema, setting.Get(running), setting.Get(next)));
            }
            else if (setting.Kind is ItemsKind items && items.Schema.Settings.Any(static inner => inner.NeedsRestart))
            {
                next = setting.Set(next, items.Select(setting.Get(next), item => After(items, setting.Get(running), item)));
            }
        }

        return next;
    }

    /// <summary>An item that is new has none of what needs a restart.</summary>
    private static object After(ItemsKind items, object running, object item) =>
        After(items.Schema, ItemsKind.Items(running).FirstOrDefault(old => items.Identity(old).Equals(items.Identity(item), StringComparison.OrdinalIgnoreCase)) ?? items.Schema.Create(), item);
}
