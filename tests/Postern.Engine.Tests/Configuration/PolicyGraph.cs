using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Postern.Engine.Tests.Configuration;

/// <summary>Compares two compiled policies field by field, private ones included.</summary>
internal sealed class PolicyGraph
{
    private readonly HashSet<(object, object)> _seen = [];

    public static bool Same(object left, object right) => new PolicyGraph().AreSame(left, right);

    private bool AreSame(object? left, object? right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left is null || right is null || left.GetType() != right.GetType())
        {
            return false;
        }

        return left switch
        {
            string or decimal or Enum => left.Equals(right),
            Regex regex => regex.ToString() == right.ToString(),
            Delegate made => made.Method == ((Delegate)right).Method && AreSame(made.Target, ((Delegate)right).Target),
            _ when left.GetType().IsPrimitive => left.Equals(right),
            _ when !left.GetType().IsValueType && !_seen.Add((left, right)) => true,
            IEnumerable items when left is not IDictionary => AreSame(items, (IEnumerable)right),
            _ => FieldsOf(left.GetType()).All(field => AreSame(field.GetValue(left), field.GetValue(right))),
        };
    }

    private bool AreSame(IEnumerable left, IEnumerable right)
    {
        var (mine, others) = (left.Cast<object?>().ToArray(), right.Cast<object?>().ToArray());
        return mine.Length == others.Length && mine.Zip(others).All(pair => AreSame(pair.First, pair.Second));
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }
}
