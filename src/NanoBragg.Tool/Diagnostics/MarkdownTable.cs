using System.Text;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>A table in GitHub's Markdown, padded so that it also reads as plain text.</summary>
internal sealed class MarkdownTable
{
    private readonly List<string[]> _rows = [];

    /// <summary>Begins a table.</summary>
    /// <param name="headings">The columns; the first is aligned left, the others right where their heading ends in a colon.</param>
    public MarkdownTable(params string[] headings) => _rows.Add(headings);

    /// <summary>Adds a row; missing cells stay empty.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Gets whether there is a row below the headings.</summary>
    public bool HasRows => _rows.Count > 1;

    /// <inheritdoc/>
    public override string ToString()
    {
        var columns = _rows[0].Length;
        var rightAligned = _rows[0].Select(heading => heading.EndsWith(':')).ToArray();
        var cells = _rows.Select((row, r) => Enumerable.Range(0, columns)
            .Select(c => Escape(c < row.Length ? (r == 0 ? row[c].TrimEnd(':') : row[c]) : "")).ToArray()).ToList();
        var widths = Enumerable.Range(0, columns).Select(c => Math.Max(3, cells.Max(row => row[c].Length))).ToArray();

        var text = new StringBuilder();
        for (var r = 0; r < cells.Count; r++)
        {
            text.Append('|');
            for (var c = 0; c < columns; c++)
            {
                text.Append(' ').Append(rightAligned[c] ? cells[r][c].PadLeft(widths[c]) : cells[r][c].PadRight(widths[c])).Append(" |");
            }

            text.Append('\n');
            if (r == 0)
            {
                text.Append('|').AppendJoin('|', widths.Select((w, c) => rightAligned[c] ? new string('-', w + 1) + ":" : new string('-', w + 2))).Append("|\n");
            }
        }

        return text.ToString();
    }

    /// <summary>A bar would end the cell, a line break the row.</summary>
    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
