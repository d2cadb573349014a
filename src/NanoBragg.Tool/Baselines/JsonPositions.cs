using System.Text;
using System.Text.Json;

namespace NanoBragg.Tool.Baselines;

/// <summary>Where each value of a JSON text stands, by JSON pointer (RFC 6901).</summary>
internal sealed class JsonPositions
{
    private readonly Dictionary<string, JsonPosition> _values = new(StringComparer.Ordinal);

    /// <summary>Gets nothing, for a file that is not there.</summary>
    public static JsonPositions None { get; } = new();

    /// <summary>Finds a value, or the nearest one around it that exists.</summary>
    /// <param name="path">A JSON pointer, such as <c>/entries/0/exact/sum</c>.</param>
    /// <returns>The position; the start of the file where nothing on the way exists.</returns>
    public JsonPosition Find(string path)
    {
        for (; ; path = path[..path.LastIndexOf('/')])
        {
            if (_values.TryGetValue(path, out var position))
            {
                return position;
            }

            if (path.Length == 0)
            {
                return JsonPosition.Start;
            }
        }
    }

    /// <summary>Tells whether there is a value.</summary>
    /// <param name="path">A JSON pointer.</param>
    /// <returns>Whether it exists.</returns>
    public bool Has(string path) => _values.ContainsKey(path);

    /// <summary>Extends a pointer by a member's name.</summary>
    /// <param name="parent">The pointer to the object.</param>
    /// <param name="member">The name, unescaped.</param>
    /// <returns>The pointer to the member.</returns>
    public static string Child(string parent, string member) =>
        $"{parent}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>Indexes a JSON text; comments and trailing commas are allowed.</summary>
    /// <param name="utf8">Valid UTF-8 without a byte order mark.</param>
    /// <returns>The index.</returns>
    /// <exception cref="JsonTextException">The text is not JSON, or an object has a member twice.</exception>
    public static JsonPositions Of(ReadOnlySpan<byte> utf8)
    {
        var positions = new JsonPositions();
        var text = new LineIndex(utf8);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var parents = new Stack<(string Path, int NextIndex)>();
        string? member = null;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    parents.Pop();
                    continue;
                }

                var place = text.At(utf8, (int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    member = MemberName(ref reader, place);
                    if (positions._values.TryGetValue(Child(parents.Peek().Path, member), out var first))
                    {
                        throw new JsonTextException(place, $"\"{member}\" is here a second time; the first is on line {first.Line}");
                    }

                    continue;
                }

                var path = "";
                if (member is not null)
                {
                    path = Child(parents.Peek().Path, member);
                }
                else if (parents.TryPop(out var array))
                {
                    path = $"{array.Path}/{array.NextIndex}";
                    parents.Push((array.Path, array.NextIndex + 1));
                }

                member = null;
                positions._values[path] = place;
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    parents.Push((path, 0));
                }
            }
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0);
            throw new JsonTextException(text.At(utf8, line, e.BytePositionInLine ?? 0), Problem(e.Message));
        }

        return positions;
    }

    private static string MemberName(ref Utf8JsonReader reader, JsonPosition place)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonTextException(place, "the member's name holds half a surrogate pair");
        }
    }

    /// <summary>Takes the position off the reader's message: it counts from 0, and it is said elsewhere.</summary>
    private static string Problem(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.', ' ');
    }

    /// <summary>The starts of the lines of a text.</summary>
    private readonly struct LineIndex
    {
        private readonly List<int> _starts = [0];

        public LineIndex(ReadOnlySpan<byte> utf8)
        {
            for (var i = 0; i < utf8.Length; i++)
            {
                if (utf8[i] == (byte)'\n')
                {
                    _starts.Add(i + 1);
                }
            }
        }

        public JsonPosition At(ReadOnlySpan<byte> utf8, int start, int end)
        {
            var line = _starts.BinarySearch(start);
            line = line < 0 ? ~line - 1 : line;
            var column = Encoding.UTF8.GetCharCount(utf8[_starts[line]..start]) + 1;
            return new(line + 1, column, column + Encoding.UTF8.GetCharCount(utf8[start..end]));
        }

        public JsonPosition At(ReadOnlySpan<byte> utf8, int line, long byteInLine)
        {
            line = Math.Min(line, _starts.Count - 1);
            var start = Math.Min(_starts[line] + (int)byteInLine, utf8.Length);
            var column = Encoding.UTF8.GetCharCount(utf8[_starts[line]..start]) + 1;
            return new(line + 1, column, column);
        }
    }
}

/// <summary>A text is not the JSON that it should be.</summary>
/// <param name="position">Where.</param>
/// <param name="problem">What is wrong, without a full stop.</param>
internal sealed class JsonTextException(JsonPosition position, string problem) : Exception(problem)
{
    /// <summary>Gets where.</summary>
    public JsonPosition Position { get; } = position;
}
