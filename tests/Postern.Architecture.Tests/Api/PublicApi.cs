using System.Reflection;

namespace Postern.Architecture.Tests.Api;

/// <summary>Lists what an assembly shows to the world, one line per type or member, sorted.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The lines for a whole assembly.</summary>
    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Of).Order(StringComparer.Ordinal);

    /// <summary>The lines for one type: its declaration, then its members.</summary>
    public static IEnumerable<string> Of(Type type)
    {
        var name = TypeText.Of(type);
        var members = type.GetMembers(Declared).Select(MemberText.Of).OfType<string>().Select(text => $"{name}: {text}");
        return members.Order(StringComparer.Ordinal).Prepend($"{name} = {Kind(type)}{Parents(type)}");
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
        {
            return "enum";
        }

        if (type.IsInterface)
        {
            return "interface";
        }

        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return "delegate";
        }

        return type.IsValueType
            ? (type.IsByRefLike ? "ref " : "") + "struct"
            : (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + "class";
    }

    private static string Parents(Type type)
    {
        if (type.IsEnum)
        {
            return " : " + TypeText.Of(type.GetEnumUnderlyingType());
        }

        var parent = type.BaseType is { } found && found != typeof(object) && found != typeof(ValueType) ? [found] : Type.EmptyTypes;
        var all = parent.Concat(type.GetInterfaces().OrderBy(TypeText.Of, StringComparer.Ordinal)).Where(one => one.IsVisible).Select(TypeText.Of).ToList();
        return all.Count == 0 ? "" : " : " + string.Join(", ", all);
    }
}
