using System.Text.Json;
using NuGet.Versioning;

namespace NanoBragg.Tool.Baselines;

/// <summary>A regression that is tolerated for a while, up to a ceiling. It ends by itself: by a date, by a kernel version, or by whichever is first.</summary>
internal sealed record Waiver
{
    /// <summary>How <see cref="Expires"/> is written.</summary>
    public const string DateFormat = "yyyy-MM-dd";

    /// <summary>The most days that <see cref="Expires"/> may lie ahead: what is tolerated for longer is the reference, and belongs into it.</summary>
    public const int MostDays = 90;

    /// <summary>Gets the case's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Gets the largest factor between then and now, in the direction of worse, that is tolerated; 1.25 for 25 % more.</summary>
    public required double Ceiling { get; init; }

    /// <summary>Gets the last day, in UTC, on which it holds; null where only <see cref="Until"/> ends it.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Gets the kernel versions for which it holds; null where only <see cref="Expires"/> ends it.</summary>
    public VersionRange? Until { get; init; }

    /// <summary>Gets where the regression is being worked on: a number or an address.</summary>
    public string? Issue { get; init; }

    /// <summary>Gets why it is tolerated.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets members unknown to this version.</summary>
    public IReadOnlyList<JsonProperty> Unknown { get; init; } = [];
}
