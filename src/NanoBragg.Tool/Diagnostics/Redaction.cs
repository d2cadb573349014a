using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>
/// Decides what of an environment variable may be shown. The rule is to hide: a value is shown only where its name is known to be harmless,
/// or where the value is too plain to be a secret, and in either case only where nothing in it has the shape of a secret.
/// </summary>
internal static partial class Redaction
{
    private static readonly FrozenSet<string> HarmlessNames = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "CI", "COLORTERM", "CUDA_VISIBLE_DEVICES", "DEBIAN_FRONTEND", "FORCE_COLOR", "GITHUB_ACTIONS", "GITLAB_CI", "IS_SANDBOX", "LANG", "LANGUAGE",
        "LD_LIBRARY_PATH", "MSBUILDDISABLENODEREUSE", "NO_COLOR", "NUMBER_OF_PROCESSORS", "NVIDIA_VISIBLE_DEVICES", "OCL_ICD_VENDORS", "OS", "PATH",
        "PATHEXT", "PROCESSOR_ARCHITECTURE", "PROCESSOR_IDENTIFIER", "PROCESSOR_LEVEL", "PROCESSOR_REVISION", "ROCR_VISIBLE_DEVICES", "RUNNER_ARCH",
        "RUNNER_OS", "SHELL", "SHLVL", "TERM", "TF_BUILD", "TZ", "UseSharedCompilation");

    private static readonly string[] HarmlessPrefixes =
        ["COMPlus_", "CORECLR_", "DOTNET_", "GOMP_", "KMP_", "LC_", "MALLOC_", "MKL_", "NANOBRAGG_", "NVPL_", "OMP_", "OPENBLAS_"];

    /// <summary>Found anywhere in a name.</summary>
    private static readonly string[] SecretWords =
        ["TOKEN", "SECRET", "PASSW", "PASSPHRASE", "PASSCODE", "CREDENTIAL", "AUTH", "COOKIE", "CONNECTION", "CONNSTR", "PRIVATE", "KEY", "SIGNATURE", "BEARER", "JWT",
            "WEBHOOK", "SESSION"];

    /// <summary>Too short to be looked for anywhere: whole words of a name, at underscores and humps.</summary>
    private static readonly FrozenSet<string> SecretSegments = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "CERT", "CRED", "CREDS", "DSN", "OTP", "PASS", "PAT", "PIN", "PWD", "SALT", "SAS", "SIG", "PFX");

    private static readonly FrozenSet<string> PlainWords =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "", "true", "false", "yes", "no", "on", "off", "0", "1");

    /// <summary>Gets whether a variable's name says that it holds a secret.</summary>
    public static bool NameIsSecret(string name) =>
        Array.Exists(SecretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        || (name is not ("PWD" or "OLDPWD") && Segments().Split(name).Any(SecretSegments.Contains));

    /// <summary>Gets whether some part of a text has the shape of a secret: a credential in a URL, a connection string, a signed token, a random string.</summary>
    public static bool HasShapeOfSecret(string text) => KnownShapes().IsMatch(text) || Uuid().IsMatch(text) || Tokens().Split(text).Any(IsRandom);

    /// <summary>Gets the name as it may be shown.</summary>
    public static string ShowName(string name) =>
        HasShapeOfSecret(name) ? Invariant($"<name hidden, {name.Length} characters>") : OneLine(name);

    /// <summary>Gets the value as it may be shown.</summary>
    public static string ShowValue(string name, string value)
    {
        if (value.Length > 0 && NameIsSecret(name))
        {
            return Hidden(value);
        }

        if (PlainWords.Contains(value) || (value.Length <= 3 && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return value;
        }

        var harmless = HarmlessNames.Contains(name) || Array.Exists(HarmlessPrefixes, p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase));
        if (!harmless || KnownShapes().IsMatch(value))
        {
            return Hidden(value);
        }

        // A list of folders is hidden folder by folder: one odd name in PATH should not cost the rest.
        var elements = value.Split(Path.PathSeparator).Select(element => HasShapeOfSecret(element) ? Hidden(element) : WithoutHome(element));
        return OneLine(string.Join(Path.PathSeparator, elements));
    }

    /// <summary>Gets the parts of a text that are certainly secrets.</summary>
    public static IEnumerable<string> CertainSecrets(string text) => KnownShapes().Matches(text).Select(match => match.Value);

    /// <summary>Replaces shapes that are certainly secrets, wherever they stand in a text.</summary>
    public static string ScrubShapes(string text) => KnownShapes().Replace(text, match => Hidden(match.Value));

    /// <summary>Gets the words that stand for a hidden text.</summary>
    public static string Hidden(string text) => Invariant($"<hidden, {text.Length} characters>");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>Replaces the home folder, which names the user.</summary>
    private static string WithoutHome(string path)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 1 && (path == home || path.StartsWith(home + Path.DirectorySeparatorChar, StringComparison.Ordinal)) ? "~" + path[home.Length..] : path;
    }

    /// <summary>
    /// Gets whether a word looks drawn at random. Random words are long, mix letters with digits, use many different characters and change kind often;
    /// words that people wrote (<c>aspnetcore-runtime-10</c>) fail at least one of these.
    /// </summary>
    private static bool IsRandom(string word)
    {
        if (word.Length < 20 || !word.Any(char.IsAsciiDigit) || !word.Any(char.IsAsciiLetter))
        {
            return word.Length >= 40 && !word.Contains('_');
        }

        var entropyBits = word.GroupBy(c => c).Sum(g => -(double)g.Count() / word.Length * Math.Log2((double)g.Count() / word.Length));
        var turns = word.Zip(word.Skip(1)).Count(pair => KindOf(pair.First) != KindOf(pair.Second));
        return entropyBits >= 3.0 && turns >= 0.2 * word.Length;
    }

    private static int KindOf(char c) => char.IsAsciiDigit(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : char.IsAsciiLetterLower(c) ? 2 : 3;

    [GeneratedRegex("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Segments();

    [GeneratedRegex(@"[\s/\\:;,.'""()<>\[\]{}|]+")]
    private static partial Regex Tokens();

    [GeneratedRegex(
        """
        -----BEGIN\ [A-Z0-9 ]+-----[\s\S]*?(?:-----END\ [A-Z0-9 ]+-----|\z)
        | (?<=//)[^/\s?\#@]+(?=@)
        | \beyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?
        | (?<=\b(?:password|passwd|pwd|passphrase|secret|client_?secret|token|access_?token|auth_?token|_authToken|api_?key|account_?key|access_?key|shared_?access_?key|shared_?access_?signature|sig|signature)["']?\s*[=:]\s*["']?)[^;&\s"']{3,}
        | (?<=\b(?:bearer|basic)\s+)[\w+/=.~-]{8,}
        | \b(?:gh[pousr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\w-]{30,}|npm_\w{30,}|oy2[a-z0-9]{40,}|sk-[\w-]{20,}|sk_live_\w{16,})
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex KnownShapes();

    [GeneratedRegex(@"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Uuid();
}
