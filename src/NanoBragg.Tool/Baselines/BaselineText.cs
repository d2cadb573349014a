using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Baselines;

/// <summary>
/// Writes a baseline in its one canonical form, so that a diff shows figures and nothing else: one metric a line, sorted by ordinal,
/// LF, a final newline, no byte order mark.
/// </summary>
internal static class BaselineText
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a baseline.</summary>
    /// <param name="baseline">The baseline; its numbers are written as they are.</param>
    /// <returns>The text.</returns>
    public static string Write(Baseline baseline)
    {
        var entries = baseline.Entries
            .OrderBy(entry => entry.Scenario, StringComparer.Ordinal)
            .ThenBy(entry => entry.Kernel.MinVersion)
            .ThenBy(entry => entry.Kernel.MaxVersion)
            .Select(JsonNode? (entry) => Node(entry));
        var root = new JsonObject
        {
            ["$schema"] = Baseline.SchemaName,
            ["formatVersion"] = Baseline.CurrentFormatVersion,
            ["machines"] = Map(baseline.Machines, Node),
            ["entries"] = new JsonArray([.. entries]),
        };
        if (!baseline.Waivers.IsEmpty)
        {
            var waivers = baseline.Waivers.OrderBy(waiver => waiver.Scenario, StringComparer.Ordinal).ThenBy(waiver => waiver.Metric, StringComparer.Ordinal);
            root["waivers"] = new JsonArray([.. waivers.Select(JsonNode? (waiver) => Node(waiver))]);
        }

        if (baseline.Base is { } pin)
        {
            root["base"] = With(new() { ["assembly"] = pin.Assembly, ["version"] = pin.Version, ["sha256"] = pin.Sha256 }, pin.Unknown);
        }

        return BrokenOverLines(With(root, baseline.Unknown), "", "") + "\n";
    }

    private static JsonObject Node(BaselineMachine machine)
    {
        var node = new JsonObject
        {
            ["processor"] = machine.Processor,
            ["instructionSets"] = machine.InstructionSets,
            ["processors"] = machine.Processors,
            ["platform"] = machine.Platform,
            ["runtime"] = machine.Runtime,
        };
        AddIfAny(node, "graphics", machine.Graphics);
        return With(node, machine.Unknown);
    }

    private static JsonObject Node(BaselineEntry entry)
    {
        var node = new JsonObject { ["scenario"] = entry.Scenario, ["kernel"] = entry.Kernel.OriginalString };
        AddIfAny(node, "note", entry.Note);
        node["exact"] = Map(entry.Exact, Node);
        var machines = entry.Machines.Keys.Union(entry.Pins.Keys).ToImmutableSortedDictionary(id => id, id => Lines(entry, id), StringComparer.Ordinal);
        node["machines"] = Map(machines, lines => Map(lines, line => line));
        return With(node, entry.Unknown);
    }

    /// <summary>The ratios and pins of a machine; no name is used for both.</summary>
    private static ImmutableSortedDictionary<string, JsonObject> Lines(BaselineEntry entry, string machine)
    {
        var ratios = entry.Machines.GetValueOrDefault(machine) ?? Baseline.Ordinal<RatioFigure>();
        var pins = entry.Pins.GetValueOrDefault(machine) ?? Baseline.Ordinal<ExactFigure>();
        return ratios.Select(line => KeyValuePair.Create(line.Key, Node(line.Value)))
            .Concat(pins.Select(line => KeyValuePair.Create(line.Key, Node(line.Value))))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private static JsonObject Node(ExactFigure figure)
    {
        var node = new JsonObject { ["value"] = figure.Value };
        AddIfAny(node, "unit", figure.Unit.Length == 0 ? null : figure.Unit);
        node["better"] = Word(figure.Better);
        AddIfAny(node, "absoluteTolerance", figure.AbsoluteTolerance);
        AddIfAny(node, "relativeTolerance", figure.RelativeTolerance);
        AddIfAny(node, "idle", figure.Idle);
        AddIfAny(node, "identity", figure.Identity);
        AddIfAny(node, "reason", figure.Reason);
        AddIfAny(node, "note", figure.Note);
        return With(node, figure.Unknown);
    }

    private static JsonObject Node(RatioFigure figure)
    {
        var node = new JsonObject
        {
            ["value"] = figure.Value,
            ["unit"] = figure.Unit,
            ["yardstick"] = figure.Yardstick,
            ["spread"] = figure.Spread,
            ["groups"] = figure.Groups,
            ["better"] = Word(figure.Better),
        };
        AddIfAny(node, "identity", figure.Identity);
        AddIfAny(node, "limit", figure.Limit);
        AddIfAny(node, "reason", figure.Reason);
        AddIfAny(node, "note", figure.Note);
        return With(node, figure.Unknown);
    }

    private static JsonObject Node(Waiver waiver)
    {
        var node = new JsonObject { ["scenario"] = waiver.Scenario, ["metric"] = waiver.Metric, ["ceiling"] = waiver.Ceiling };
        AddIfAny(node, "expires", waiver.Expires?.ToString(Waiver.DateFormat, CultureInfo.InvariantCulture));
        AddIfAny(node, "until", waiver.Until?.OriginalString);
        AddIfAny(node, "issue", waiver.Issue);
        node["reason"] = waiver.Reason;
        return With(node, waiver.Unknown);
    }

    private static JsonObject Map<T>(ImmutableSortedDictionary<string, T> values, Func<T, JsonObject> node) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)node(pair.Value))));

    private static void AddIfAny(JsonObject node, string name, JsonNode? value)
    {
        if (value is not null)
        {
            node[name] = value;
        }
    }

    private static JsonObject With(JsonObject node, IReadOnlyList<JsonProperty> unknown)
    {
        foreach (var member in unknown)
        {
            node[member.Name] = JsonSerializer.SerializeToNode(member.Value);
        }

        return node;
    }

    private static string Word(Better better) => JsonNamingPolicy.CamelCase.ConvertName(better.ToString());

    /// <summary>Whether what a pattern of names leads to is broken over lines; everything else, known or not, stays on one.</summary>
    private static bool IsBroken(string place) =>
        place is "" or "/machines" or "/waivers" or "/entries" or "/entries/*" or "/entries/*/exact" or "/entries/*/machines" or "/entries/*/machines/*";

    private static string BrokenOverLines(JsonNode? node, string place, string indent)
    {
        if (!IsBroken(place))
        {
            return OnOneLine(node);
        }

        var inner = indent + "  ";
        string Child(string name) => place is "/entries" or "/entries/*/machines" ? place + "/*" : $"{place}/{name}";
        return node switch
        {
            JsonObject { Count: > 0 } map => Lines('{', map.Select(m => $"{Text(m.Key)}: {BrokenOverLines(m.Value, Child(m.Key), inner)}"), indent, '}'),
            JsonArray { Count: > 0 } list => Lines('[', list.Select(item => BrokenOverLines(item, Child(""), inner)), indent, ']'),
            _ => OnOneLine(node),
        };
    }

    private static string Lines(char open, IEnumerable<string> items, string indent, char close) =>
        $"{open}\n{string.Join(",\n", items.Select(item => $"{indent}  {item}"))}\n{indent}{close}";

    private static string OnOneLine(JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } map => $"{{ {string.Join(", ", map.Select(m => $"{Text(m.Key)}: {OnOneLine(m.Value)}"))} }}",
        JsonArray { Count: > 0 } list => $"[{string.Join(", ", list.Select(OnOneLine))}]",
        null => "null",
        _ => node.ToJsonString(Relaxed),
    };

    private static string Text(string name) => JsonValue.Create(name).ToJsonString(Relaxed);
}
