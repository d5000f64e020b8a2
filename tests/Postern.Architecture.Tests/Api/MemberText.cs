using System.Reflection;
using System.Runtime.CompilerServices;

namespace Postern.Architecture.Tests.Api;

/// <summary>Writes one member's signature; null for members that nobody outside can use or that the compiler made.</summary>
internal static class MemberText
{
    /// <summary>The signature, without its type's name.</summary>
    public static string? Of(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        ? null
        : member switch
        {
            FieldInfo field => Field(field),
            ConstructorInfo made => IsVisible(made) ? $"{Scope(made)}.ctor({Parameters(made)})" : null,
            MethodInfo method => !IsVisible(method) || IsAccessor(method) ? null : Method(method),
            PropertyInfo property => Property(property),
            EventInfo notice => notice.AddMethod is { } add && IsVisible(add) ? $"{Scope(add)}event {TypeText.Of(notice.EventHandlerType!)} {notice.Name}" : null,
            _ => null,
        };

    private static string? Field(FieldInfo field)
    {
        if (!(field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) || field.IsSpecialName)
        {
            return null;
        }

        if (field.IsLiteral)
        {
            var value = TypeText.Literal(field.GetRawConstantValue());
            return field.DeclaringType!.IsEnum ? $"{field.Name} = {value}" : $"const {TypeText.Of(field.FieldType)} {field.Name} = {value}";
        }

        return $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeText.Of(field.FieldType)} {field.Name}";
    }

    private static string? Property(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && IsVisible(get) ? get : null;
        var setter = property.SetMethod is { } set && IsVisible(set) ? set : null;
        if ((getter ?? setter) is not { } accessor)
        {
            return null;
        }

        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(TypeText.Of))}]" : "";
        return $"{Scope(accessor)}{required}{TypeText.Of(property.PropertyType)} {property.Name}{index} {{ {(getter is null ? "" : "get; ")}{Setter(setter)}}}";
    }

    private static string Setter(MethodInfo? setter) => setter is null
        ? ""
        : setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ";

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeText.Of))}>" : "";
        return $"{Scope(method)}{TypeText.Of(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(TypeText.Of));

    private static string Scope(MethodBase method) =>
        (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : method is { IsAbstract: true, DeclaringType.IsInterface: false } ? "abstract " : "");

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}
