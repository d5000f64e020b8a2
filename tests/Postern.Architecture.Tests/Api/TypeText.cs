using System.Collections.Frozen;
using System.Reflection;

namespace Postern.Architecture.Tests.Api;

/// <summary>Writes types as C# does, so that a change of the API reads as a change of code.</summary>
internal static class TypeText
{
    private static readonly FrozenDictionary<Type, string> s_keywords = new Dictionary<Type, string>
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short",
        [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(char)] = "char",
        [typeof(string)] = "string", [typeof(object)] = "object", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
    }.ToFrozenDictionary();

    /// <summary>The type's full name, its arguments in angle brackets.</summary>
    public static string Of(Type type)
    {
        if (s_keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.HasElementType)
        {
            var suffix = type.IsArray ? $"[{new string(',', type.GetArrayRank() - 1)}]" : type.IsPointer ? "*" : "&";
            return Of(type.GetElementType()!) + suffix;
        }

        return Nullable.GetUnderlyingType(type) is { } underlying ? Of(underlying) + "?" : Named(type);
    }

    /// <summary>A parameter with its passing mode, type, name and default.</summary>
    public static string Of(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var mode = !type.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        var value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : "";
        return $"{mode}{Of(type.IsByRef ? type.GetElementType()! : type)} {parameter.Name}{value}";
    }

    /// <summary>A constant as it stands in code.</summary>
    public static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Named(Type type)
    {
        // A nested generic type carries its parents' arguments first; the arity in its name counts only its own.
        var definition = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name;
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var pieces = definition.Split('+').Select(piece => Applied(piece, arguments));
        return string.Join('.', pieces);
    }

    private static string Applied(string piece, Queue<Type> arguments)
    {
        var tick = piece.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
        {
            return piece;
        }

        var arity = int.Parse(piece[(tick + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        return $"{piece[..tick]}<{string.Join(", ", Enumerable.Range(0, arity).Select(_ => Of(arguments.Dequeue())))}>";
    }
}
