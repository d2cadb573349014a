using System.Globalization;

namespace NanoBragg.Tool.Baselines;

/// <summary>Reads waivers. What depends on today's date is the gate's to judge: a file does not become unreadable overnight.</summary>
internal static class WaiverReader
{
    /// <summary>Reads a waiver.</summary>
    /// <param name="members">Its members.</param>
    /// <returns>The waiver and where it stands.</returns>
    /// <exception cref="JsonTextException">Something is missing or wrong, or nothing ends the waiver.</exception>
    public static (Waiver Waiver, JsonPosition Position) Read(JsonMembers members)
    {
        var waiver = new Waiver
        {
            Scenario = members.Text("scenario"),
            Metric = members.Text("metric"),
            Ceiling = members.Number("ceiling", 1),
            Expires = Day(members),
            Until = members.OptionalRange("until"),
            Issue = members.OptionalText("issue"),
            Reason = members.Text("reason"),
            Unknown = members.Rest,
        };
        return waiver is { Expires: null, Until: null }
            ? throw new JsonTextException(members.Position, "this waiver never ends; give it \"expires\", a date, or \"until\", a range of kernel versions")
            : (waiver, members.Position);
    }

    /// <summary>Refuses a second waiver for the same metric.</summary>
    /// <param name="read">The waivers and where they stand.</param>
    /// <returns>The waivers.</returns>
    /// <exception cref="JsonTextException">There is a second one.</exception>
    public static IEnumerable<Waiver> OneEach(IReadOnlyList<(Waiver Waiver, JsonPosition Position)> read)
    {
        if (read.GroupBy(r => (r.Waiver.Scenario, r.Waiver.Metric)).FirstOrDefault(group => group.Count() > 1)?.ToList() is { } twice)
        {
            throw new JsonTextException(
                twice[1].Position,
                $"{twice[0].Waiver.Metric} of \"{twice[0].Waiver.Scenario}\" has two waivers, on lines {twice[0].Position.Line} and {twice[1].Position.Line}; remove one of them");
        }

        return read.Select(r => r.Waiver);
    }

    private static DateOnly? Day(JsonMembers members) => members.OptionalText("expires") is not { } text ? null
        : DateOnly.TryParseExact(text, Waiver.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw members.Wrong("expires", $"must be a date such as \"2027-01-31\", not \"{text}\"");
}
