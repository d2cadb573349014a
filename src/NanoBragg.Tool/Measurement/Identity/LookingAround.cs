namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>Tells which members of the framework find code by name, load it, or read what is embedded in an assembly: a walk along tokens cannot follow them.</summary>
internal static class LookingAround
{
    // Reflection and what is built on it. Serialisers and binders find members by name.
    private static readonly string[] Places =
    [
        "System.Reflection.", "System.Runtime.Loader.", "System.Resources.", "System.Linq.Expressions.", "System.Dynamic.", "System.ComponentModel.",
        "System.Text.Json.", "System.Xml.Serialization.", "System.Runtime.Serialization.", "System.Runtime.CompilerServices.CallSite",
        "Microsoft.CSharp.", "Microsoft.VisualBasic.CompilerServices.NewLateBinding", "System.Activator", "System.AppDomain",
    ];

    // What tells of a type without finding anything in it.
    private static readonly HashSet<string> HarmlessOfType = new(StringComparer.Ordinal)
    {
        "GetTypeFromHandle", "GetTypeCode", "GetHashCode", "GetElementType", "GetGenericTypeDefinition", "GetGenericArguments", "GetArrayRank", "GetEnumName", "GetEnumNames", "GetEnumUnderlyingType",
    };

    private static readonly HashSet<string> HarmlessElsewhere = new(StringComparer.Ordinal)
    {
        "System.Reflection.MemberInfo::get_Name", "System.AppDomain::get_CurrentDomain", "System.AppDomain::get_BaseDirectory",
    };

    /// <summary>Tells whether a member does.</summary>
    /// <param name="type">The full name of its type, which is not the user's own.</param>
    /// <param name="member">Its name.</param>
    /// <param name="isNew">Whether it makes an object of a type that is named beside it, as <c>new T()</c> does.</param>
    /// <returns>Whether.</returns>
    public static bool Does(string type, string member, bool isNew) => type switch
    {
        "System.Activator" => !isNew,
        "System.Type" => (member.StartsWith("Get", StringComparison.Ordinal) && !HarmlessOfType.Contains(member)) || member is "InvokeMember" or "MakeGenericType" or "FindMembers" or "FindInterfaces",
        "System.Delegate" => member == "CreateDelegate",
        _ => Places.Any(place => type.StartsWith(place, StringComparison.Ordinal)) && !HarmlessElsewhere.Contains($"{type}::{member}"),
    };
}
