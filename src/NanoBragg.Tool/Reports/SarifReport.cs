using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NanoBragg.Tool.Diagnostics;
using NanoBragg.Tool.Gate;

namespace NanoBragg.Tool.Reports;

/// <summary>
/// The gate's findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), for code scanning services and editors: a rule
/// for each code that occurs, a result for each finding, at its line of the baseline.
/// </summary>
internal static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <returns>JSON with a final newline.</returns>
    public static string Write(GateReport report)
    {
        var codes = report.Findings.Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal).ToList();
        var driver = new JsonObject
        {
            ["name"] = "dotnet-nanobragg",
            ["semanticVersion"] = RuntimeFacts.ToolVersion,
            ["rules"] = new JsonArray([.. codes.Select(JsonNode (code) => Rule(code))]),
        };
        var run = new JsonObject
        {
            ["tool"] = new JsonObject { ["driver"] = driver },
            ["invocations"] = new JsonArray(new JsonObject
            {
                // The gate did its work although what it found is bad; a run that was cut short did not.
                ["executionSuccessful"] = report.Verdict != Verdict.TimedOut,
                ["exitCode"] = report.ExitCode,
            }),
            ["columnKind"] = "utf16CodeUnits",
            ["results"] = new JsonArray([.. report.Findings.Select(JsonNode (finding) => Result(finding, codes.IndexOf(finding.Code)))]),
        };
        var root = new JsonObject { ["$schema"] = Schema, ["version"] = "2.1.0", ["runs"] = new JsonArray(run) };
        return root.ToJsonString(Readable) + "\n";
    }

    private static JsonObject Rule(string code)
    {
        var text = CodesPage.Text(code);
        return new JsonObject
        {
            ["id"] = code,
            ["shortDescription"] = new JsonObject { ["text"] = CodesPage.Title(code) },
            ["help"] = new JsonObject { ["text"] = text, ["markdown"] = text },

            // A name, as the baseline's schema has one: the page comes with the tool and has no address of its own.
            ["helpUri"] = $"urn:nanobragg:docs:codes.md#{code.ToLowerInvariant()}",
        };
    }

    private static JsonObject Result(Finding finding, int rule)
    {
        var region = new JsonObject { ["startLine"] = finding.Line, ["startColumn"] = finding.Column };
        if (finding.EndColumn > finding.Column)
        {
            region["endColumn"] = finding.EndColumn;
        }

        return new JsonObject
        {
            ["ruleId"] = finding.Code,
            ["ruleIndex"] = rule,
            ["level"] = finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" },
            ["message"] = new JsonObject { ["text"] = finding.Message },
            ["locations"] = new JsonArray(new JsonObject
            {
                ["physicalLocation"] = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = Address(finding.File) }, ["region"] = region },
            }),

            // The same finding in a later run, whatever its figures are then and wherever its line has gone.
            ["partialFingerprints"] = new JsonObject { ["nanobragg/v1"] = $"{finding.Code}|{finding.Scenario}|{finding.Metric}" },
        };
    }

    /// <summary>The baseline as it was named: a relative path stays one, and is then relative to the folder that the reader chooses.</summary>
    private static string Address(string path) => Path.IsPathFullyQualified(path)
        ? new Uri(path).AbsoluteUri
        : string.Join('/', path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Select(Uri.EscapeDataString));
}
