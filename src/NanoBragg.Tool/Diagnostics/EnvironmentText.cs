namespace NanoBragg.Tool.Diagnostics;

/// <summary>Renders <c>env.txt</c>, and keeps the secrets of the environment out of every other text.</summary>
internal sealed class EnvironmentText
{
    /// <summary>Shorter values are found by chance in any text, and a secret this short is none.</summary>
    private const int ShortestSecret = 5;

    private readonly SortedDictionary<string, string> _variables;
    private readonly string[] _secrets;

    /// <summary>Takes a copy of an environment.</summary>
    /// <param name="variables">Names and values; later changes are not seen.</param>
    public EnvironmentText(IEnumerable<KeyValuePair<string, string>> variables)
    {
        _variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            _variables[name] = value;
        }

        // Longest first, so that a secret inside another one does not leave the other's ends behind.
        _secrets = [.. _variables
            .Where(v => v.Value.Length >= ShortestSecret && (Redaction.NameIsSecret(v.Key) || Redaction.HasShapeOfSecret(v.Value)))
            .Where(v => v.Value.Split(Path.PathSeparator) is var elements && !elements.All(Path.Exists))
            .SelectMany(v => v.Value.Split('\n').Append(v.Value).Concat(Redaction.CertainSecrets(v.Value)))
            .Select(secret => secret.Trim())
            .Where(secret => secret.Length >= ShortestSecret)
            .Concat(_variables.Keys.Where(Redaction.HasShapeOfSecret))
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(secret => secret.Length)];
    }

    /// <summary>Takes a copy of this process's environment.</summary>
    public static EnvironmentText OfThisProcess() => new(
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")));

    /// <summary>Gets the text of <c>env.txt</c>: every name, sorted, with its value where that cannot be a secret.</summary>
    public string Render() =>
        "# Environment of dotnet nanobragg. Values are shown only where they cannot be secrets.\n"
        + string.Concat(_variables.Select(v => $"{Redaction.ShowName(v.Key)}={Redaction.ShowValue(v.Key, v.Value)}\n"));

    /// <summary>Gets a text without the secrets of the environment, and without anything that has the shape of a known kind of secret.</summary>
    public string Scrub(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Redaction.Hidden(secret), StringComparison.Ordinal);
        }

        return Redaction.ScrubShapes(text);
    }
}
