using System.Text.Json.Nodes;
using NanoBragg.Tool.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Baselines;

/// <summary>The schema is written by hand; these tests hold it against what reading and writing really do.</summary>
public class BaselineSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(BaselineSchema.Text())!;

    public static TheoryData<string, string[]> Kinds => new()
    {
        { "", [""] },
        { "machine", ["machines", Sample.ThisMachine.Id] },
        { "entry", ["entries", "0"] },
        { "exactFigure", ["entries", "0", "exact"] },
        { "waiver", ["waivers", "0"] },
        { "base", ["base"] },
        { "ratioFigure", ["entries", "0", "machines", Sample.ThisMachine.Id, "time"] },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_schema_names_the_members_that_are_written(string kind, string[] path)
    {
        var written = kind == "exactFigure"
            ? At(path).AsObject().Append(At(["entries", "0", "machines", "arm-8-2cpu-linux-arm64-0000"]).AsObject().First()).SelectMany(metric => metric.Value!.AsObject().Select(member => member.Key))
            : At(path).AsObject().Select(member => member.Key);
        Definition(kind)["properties"]!.AsObject().Select(member => member.Key).Order()
            .ShouldBe(written.Where(name => !name.StartsWith("future", StringComparison.Ordinal)).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_member_is_required_by_the_schema_exactly_where_reading_requires_it(string kind, string[] path)
    {
        var required = Definition(kind)["required"]!.AsArray().Select(name => name!.GetValue<string>()).ToHashSet();
        var target = kind == "exactFigure" ? [.. path, "sum"] : path;
        foreach (var name in At(target).AsObject().Select(member => member.Key).ToList())
        {
            var file = JsonNode.Parse(Sample.Full)!;
            At(target, file).AsObject().Remove(name);
            var read = Record.Exception(() => Sample.File(file.ToJsonString()));
            (read is BaselineException).ShouldBe(required.Contains(name), $"{kind}.{name}: {read?.Message}");
        }
    }

    [Fact]
    public void The_schema_has_the_name_that_baselines_give() => Schema["$id"]!.GetValue<string>().ShouldBe(Baseline.SchemaName);

    private static JsonNode Definition(string kind) => kind.Length == 0 ? Schema : Schema["$defs"]![kind]!;

    private static JsonNode At(string[] path, JsonNode? from = null) => path.Where(name => name.Length > 0)
        .Aggregate(from ?? JsonNode.Parse(Sample.Full)!, (node, name) => node is JsonArray list ? list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]! : node[name]!);
}
