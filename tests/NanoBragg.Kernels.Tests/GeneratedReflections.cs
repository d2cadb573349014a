using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NanoBragg.Kernels.Tests;

/// <summary>The reflection lists of the goldens, made of whole numbers by the rule in goldens/README.md.</summary>
internal static class GeneratedReflections
{
    /// <summary>The list that a golden's parameters ask for.</summary>
    public static string Text(JsonNode parameters)
    {
        var text = new StringBuilder();
        var (h, k, l) = (Range("h"), Range("k"), Range("l"));
        var select = (string?)parameters["select"] ?? "all";
        var c = parameters["c"] is { } given ? [.. given.AsArray().Select(n => (int)n!)] : new[] { 7, 11, 13, 3, 5, 2 };
        foreach (var (i, j, n) in h.SelectMany(i => k.SelectMany(j => l.Select(n => (i, j, n)))).Where(hkl => Selected(hkl.i, hkl.j, hkl.n)))
        {
            var form = (c[0] * i * i) + (c[1] * j * j) + (c[2] * n * n) + (c[3] * i * j) + (c[4] * j * n) + (c[5] * n * i) + i + (2 * j) + (3 * n);
            var modulus = Number("mod", 97);
            var remainder = ((form % modulus) + modulus) % modulus;
            var decay = Number("decay", 400);
            var thousandths = 1000 * (Number("base", 50) + remainder) * decay / (decay + (i * i) + (j * j) + (n * n));
            text.Append(CultureInfo.InvariantCulture, $"{i} {j} {n} {thousandths / 1000}.{thousandths % 1000:000}\n");
        }

        return text.ToString();

        IEnumerable<int> Range(string axis)
        {
            var ends = parameters[axis]?.AsArray();
            var (first, last) = ends is null ? (-20, 20) : ((int)ends[0]!, (int)ends[1]!);
            return Enumerable.Range(first, last - first + 1);
        }

        int Number(string name, int otherwise) => (int?)parameters[name] ?? otherwise;

        bool Selected(int i, int j, int n) => select switch
        {
            "all" => true,
            "even" => (i + j + n) % 2 == 0,
            "mod3" => (i + (2 * j) + (3 * n)) % 3 == 0,
            _ => throw new ArgumentException($"no rule selects {select}", nameof(parameters)),
        };
    }
}
