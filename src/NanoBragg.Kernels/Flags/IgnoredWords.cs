using NanoBragg.Kernels.CLibrary;

namespace NanoBragg.Kernels.Flags;

/// <summary>What the reference program passes over in silence: words that it does not know, values of no flag, flags without their values.</summary>
public static class IgnoredWords
{
    /// <summary>Finds the first such word.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <returns>What is wrong with it, one line for the user, or null where every word counts.</returns>
    public static string? First(IReadOnlyList<string> args)
    {
        var words = args.ToArray();
        for (var i = 0; i < words.Length;)
        {
            var word = words[i++];
            if (!word.StartsWith('-'))
            {
                return $"'{word}' is neither a flag nor the value of one";
            }

            var following = new ArraySegment<string>(words, i, words.Length - i);
            var flags = Matching(word, following);
            if (flags.Count == 0)
            {
                return IsFlagWithoutValues(word) ? $"{word} needs more or other words after it" : $"'{word}' is no flag";
            }

            var values = following.TakeWhile(IsValue).Take(flags.Max(flag => flag.Takes)).Count();
            if (values < flags.Min(flag => Math.Min(flag.ValueCount, flag.Takes)))
            {
                return $"{word} needs more words after it";
            }

            i += values;
        }

        return null;
    }

    private static List<Flag> Matching(string word, ArraySegment<string> following)
    {
        var flags = new List<Flag>();
        foreach (var flag in FlagTable.All.Where(flag => flag.Matches(word, following)))
        {
            flags.Add(flag);
            if (flag.EndsWord)
            {
                break;
            }
        }

        return flags;
    }

    private static bool IsFlagWithoutValues(string word) => FlagTable.All.Any(flag =>
        flag.WholeWord ? word == flag.Spellings[0] : flag.Spellings.Any(s => word.Contains(s, StringComparison.Ordinal)));

    private static bool IsValue(string word) => !word.StartsWith('-') || CNumber.StartsNumber(word);
}
