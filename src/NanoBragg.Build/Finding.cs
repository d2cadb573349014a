using System.Text.Json.Serialization;

namespace NanoBragg.Build;

/// <summary>How serious a finding is.</summary>
internal enum FindingSeverity
{
    /// <summary>The build fails.</summary>
    Error,

    /// <summary>The build warns.</summary>
    Warning,

    /// <summary>Worth knowing; never a failure.</summary>
    Info,
}

/// <summary>One finding of the tool, as its report has it. Members that a build has no use for are not read.</summary>
internal sealed record Finding
{
    /// <summary>Gets the code, such as <c>NB1001</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Gets how serious it is.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>Gets what is wrong and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>Gets the file that it points at, or null where it points at none.</summary>
    public string? File { get; init; }

    /// <summary>Gets the line, 1-based; 0 where there is none.</summary>
    public int Line { get; init; }

    /// <summary>Gets the column, 1-based; 0 where there is none.</summary>
    public int Column { get; init; }

    /// <summary>Gets the column after the last character; 0 where there is none.</summary>
    public int EndColumn { get; init; }
}

/// <summary>The report of <c>judge</c>.</summary>
internal sealed record GateReport
{
    /// <summary>Gets the findings, worst first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>Reads the report.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(GateReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
