using System.Text.Json;

namespace NanoBragg.Tool.Baselines;

/// <summary>The code at the last accepted change, which time is judged against where a copy of it is to be had: what it is, and what its files must be.</summary>
internal sealed record PinnedBase
{
    /// <summary>The length of <see cref="Sha256"/>.</summary>
    public const int HashLength = 64;

    /// <summary>Gets the file name of the assembly, such as <c>My.dll</c>.</summary>
    public required string Assembly { get; init; }

    /// <summary>Gets its package version, for people to read.</summary>
    public required string Version { get; init; }

    /// <summary>Gets the hash of its files, in lower-case hexadecimal digits. What has another hash is never loaded.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Gets members unknown to this version.</summary>
    public IReadOnlyList<JsonProperty> Unknown { get; init; } = [];

    /// <summary>Reads it. The file may come from a stranger: nothing of it becomes a path unchecked.</summary>
    /// <param name="members">Its members.</param>
    /// <returns>The pin.</returns>
    /// <exception cref="JsonTextException">Something is missing or wrong.</exception>
    public static PinnedBase Read(JsonMembers members)
    {
        var pin = new PinnedBase { Assembly = members.Text("assembly"), Version = members.Text("version"), Sha256 = members.Text("sha256"), Unknown = members.Rest };
        return !PlainFileName.Is(pin.Assembly) || !pin.Assembly.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? throw members.Wrong("assembly", "must be the name of a .dll without its folder")
            : pin.Sha256.Length != HashLength || pin.Sha256.Any(c => !char.IsAsciiHexDigitLower(c)) ? throw members.Wrong("sha256", "must be 64 lower-case hexadecimal digits")
            : pin;
    }
}
