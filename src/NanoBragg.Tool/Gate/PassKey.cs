using System.Security.Cryptography;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement.Identity;

namespace NanoBragg.Tool.Gate;

/// <summary>What a pass of the gate depends on, as one hash: where it is the same the gate would pass again.</summary>
internal static class PassKey
{
    /// <summary>Makes the key.</summary>
    /// <param name="code">What is measured, and with what; null where that is not known.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="release">The tag of the last release, which creep is judged from, or null.</param>
    /// <param name="policy">What may fail the gate.</param>
    /// <param name="names">The scenarios and cases that were asked for.</param>
    /// <param name="next">The commands that findings name: they are a part of the report.</param>
    /// <returns>The key; null where no pass may be remembered. Waivers end on a day, and a pass does not say which.</returns>
    public static string? Of(RunIdentity? code, BaselineFile baseline, string? release, GatePolicy policy, IReadOnlyList<string> names, NextCommand next) =>
        code is null || !baseline.Content.Waivers.IsEmpty ? null : RunIdentity.Hash(
        [
            code.Key,
            code.BaseKey,
            $"baseline {baseline.Path} {Convert.ToHexStringLower(SHA256.HashData(baseline.Bytes.Span))}",
            $"release {release}",
            $"policy {policy.FailOn} {policy.Ratchet}",
            $"names {string.Join(' ', names)}",
            $"next {next.Options}",
        ]);
}
