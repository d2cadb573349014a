using System.Text.Json;
using NuGet.Versioning;

namespace NanoBragg.Tool.Baselines;

/// <summary>
/// The members of one JSON object while it is read: each is taken out by name and checked, and what nobody asked for is
/// <see cref="Rest"/>. Written by hand rather than with a serializer so that each message names the line and the member in the
/// user's words.
/// </summary>
internal sealed class JsonMembers
{
    private readonly List<JsonProperty> _members;
    private readonly JsonPositions _positions;
    private readonly string _path;

    /// <summary>Opens an object.</summary>
    /// <param name="element">The value.</param>
    /// <param name="path">Its JSON pointer.</param>
    /// <param name="positions">Where values stand.</param>
    /// <exception cref="JsonTextException">The value is not an object.</exception>
    public JsonMembers(JsonElement element, string path, JsonPositions positions)
    {
        _positions = positions;
        _path = path;
        _members = element.ValueKind == JsonValueKind.Object
            ? [.. element.EnumerateObject()]
            : throw new JsonTextException(positions.Find(path), $"{Name(path)} must be an object in braces, not {Kind(element)}");
    }

    /// <summary>Gets the members that have not been taken.</summary>
    public IReadOnlyList<JsonProperty> Rest => _members;

    /// <summary>Gets where the object stands.</summary>
    public JsonPosition Position => _positions.Find(_path);

    /// <summary>Tells whether a member is there and has not been taken.</summary>
    /// <param name="name">The member.</param>
    /// <returns>Whether.</returns>
    public bool Has(string name) => _members.Exists(member => member.Name == name);

    /// <summary>Takes a string that must be there.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The text; never blank.</returns>
    public string Text(string name) => OptionalText(name) is { } text && !string.IsNullOrWhiteSpace(text)
        ? text
        : throw Wrong(name, "must not be blank", Missing(name));

    /// <summary>Takes a string that may be absent.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The text, or null.</returns>
    public string? OptionalText(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, $"must be a text in quotes, not {Kind(value)}");
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name, "holds half a surrogate pair");
        }
    }

    /// <summary>Takes a finite number that must be there.</summary>
    /// <param name="name">The member.</param>
    /// <param name="atLeast">The smallest value that makes sense.</param>
    /// <returns>The number.</returns>
    public double Number(string name, double atLeast = double.MinValue) => OptionalNumber(name, atLeast) ?? throw Wrong(name, "", Missing(name));

    /// <summary>Takes a finite number that may be absent.</summary>
    /// <param name="name">The member.</param>
    /// <param name="atLeast">The smallest value that makes sense.</param>
    /// <returns>The number, or null.</returns>
    public double? OptionalNumber(string name, double atLeast = double.MinValue)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            throw Wrong(name, value.ValueKind == JsonValueKind.Number ? "is too large for a number" : $"must be a number, not {Kind(value)}");
        }

        return number >= atLeast ? number : throw Wrong(name, FormattableString.Invariant($"must be at least {atLeast}, not {number}"));
    }

    /// <summary>Takes a whole number that must be there.</summary>
    /// <param name="name">The member.</param>
    /// <param name="atLeast">The smallest value that makes sense.</param>
    /// <returns>The number.</returns>
    public int Integer(string name, int atLeast)
    {
        var number = Number(name, atLeast);
        return number == (int)number ? (int)number : throw Wrong(name, FormattableString.Invariant($"must be a whole number, not {number}"));
    }

    /// <summary>Takes one of a few words that must be there.</summary>
    /// <typeparam name="T">The words, as members of an enumeration.</typeparam>
    /// <param name="name">The member.</param>
    /// <param name="allowed">The words that make sense here.</param>
    /// <returns>The word.</returns>
    public T Word<T>(string name, params ReadOnlySpan<T> allowed)
        where T : struct, Enum
    {
        var text = Text(name);
        var words = new List<string>();
        foreach (var word in allowed)
        {
            var spelled = Spelled(word);
            if (spelled == text)
            {
                return word;
            }

            words.Add($"\"{spelled}\"");
        }

        throw Wrong(name, $"must be {string.Join(" or ", words)}, not \"{text}\"");
    }

    /// <summary>Takes a range of versions that must be there.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The range.</returns>
    public VersionRange Range(string name) => OptionalRange(name) ?? throw Wrong(name, "", Missing(name));

    /// <summary>Takes a range of versions that may be absent.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The range, or null.</returns>
    public VersionRange? OptionalRange(string name)
    {
        if (OptionalText(name) is not { } text)
        {
            return null;
        }

        return VersionRange.TryParse(text, allowFloating: false, out var range)
            ? range
            : throw Wrong(name, $"must be a range of versions such as \"[1.0.0-0, 2.0.0-0)\", not \"{text}\"");
    }

    /// <summary>Takes an object that may be absent.</summary>
    /// <param name="name">The member.</param>
    /// <returns>Its members, or null.</returns>
    public JsonMembers? OptionalObject(string name) => Take(name) is { } value ? new JsonMembers(value, Child(name), _positions) : null;

    /// <summary>Takes an object whose members are objects in turn, such as metrics by name; empty where it is absent.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The objects by name.</returns>
    public IEnumerable<(string Name, JsonMembers Members)> Objects(string name) =>
        Take(name) is { } value ? new JsonMembers(value, Child(name), _positions).Each() : [];

    /// <summary>Opens all members that have not been taken as objects.</summary>
    /// <returns>The objects by name.</returns>
    public IEnumerable<(string Name, JsonMembers Members)> Each() =>
        [.. _members.Select(member => (member.Name, new JsonMembers(member.Value, Child(member.Name), _positions)))];

    /// <summary>Takes an array of objects that must be there.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The objects.</returns>
    public IEnumerable<JsonMembers> Array(string name)
    {
        var missing = Missing(name);
        return missing is null ? OptionalArray(name) : throw Wrong(name, "", missing);
    }

    /// <summary>Takes an array of objects that may be absent.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The objects; none where it is absent.</returns>
    public IEnumerable<JsonMembers> OptionalArray(string name)
    {
        if (Take(name) is not { } value)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select((item, i) => new JsonMembers(item, $"{Child(name)}/{i}", _positions))]
            : throw Wrong(name, $"must be a list in brackets, not {Kind(value)}");
    }

    /// <summary>Says what is wrong with a member.</summary>
    /// <param name="name">The member.</param>
    /// <param name="problem">What is wrong, as it follows the member's name.</param>
    /// <param name="instead">The whole message where the member's name does not begin it.</param>
    /// <returns>The exception to throw.</returns>
    public JsonTextException Wrong(string name, string problem, string? instead = null) =>
        new(_positions.Find(Child(name)), instead ?? $"\"{name}\" {problem}");

    private static string Spelled<T>(T word)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(word.ToString());

    private static string Name(string path) => path.Length == 0 ? "the file" : $"\"{path[(path.LastIndexOf('/') + 1)..]}\"";

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private string Child(string name) => JsonPositions.Child(_path, name);

    private string? Missing(string name) => _positions.Has(Child(name)) ? null : $"{(_path.Length == 0 ? "the file" : "this object")} has no \"{name}\"";

    private JsonElement? Take(string name)
    {
        var index = _members.FindIndex(member => member.NameEquals(name));
        if (index < 0)
        {
            return null;
        }

        var value = _members[index].Value;
        _members.RemoveAt(index);
        return value;
    }
}
