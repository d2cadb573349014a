using System.Collections.Concurrent;
using NanoBragg.Kernels.Model;
using static System.FormattableString;

namespace NanoBragg.Kernels.StructureFactors;

/// <summary>A structure factor for every reflection of a box of Miller indices.</summary>
public sealed class StructureFactorGrid
{
    private readonly double[] _values;
    private readonly ConcurrentDictionary<(Type Element, double Outside, bool Squared), object?> _copies = new();

    /// <summary>Makes a grid.</summary>
    /// <param name="h">The box along h.</param>
    /// <param name="k">The box along k.</param>
    /// <param name="l">The box along l.</param>
    /// <param name="values">The structure factors, h outermost and l innermost. The grid keeps the array, so leave it alone from then on.</param>
    /// <exception cref="ArgumentException">The array has another length than the box, or the box is empty.</exception>
    public StructureFactorGrid(IndexRange h, IndexRange k, IndexRange l, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (h.Count < 1 || k.Count < 1 || l.Count < 1 || (Int128)h.Count * k.Count * l.Count != values.Length)
        {
            throw new ArgumentException(Invariant($"{values.Length} structure factors do not fill {h.Count} × {k.Count} × {l.Count} reflections."), nameof(values));
        }

        (H, K, L, _values) = (h, k, l, values);
    }

    /// <summary>Gets the box along h.</summary>
    public IndexRange H { get; }

    /// <summary>Gets the box along k.</summary>
    public IndexRange K { get; }

    /// <summary>Gets the box along l.</summary>
    public IndexRange L { get; }

    /// <summary>Gets the bytes that a grid may take: half of what this process may use.</summary>
    internal static long MemoryLimitBytes => Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2, (long)Array.MaxLength * sizeof(double));

    /// <summary>Gets the structure factors of a row of reflections.</summary>
    /// <param name="h">Index h, in <see cref="H"/>.</param>
    /// <param name="k">Index k, in <see cref="K"/>.</param>
    /// <returns>The row: all of <see cref="L"/>.</returns>
    internal Span<double> this[int h, int k] => _values.AsSpan((int)Place(h, k, L.Minimum), (int)L.Count);

    /// <summary>Gets a structure factor.</summary>
    /// <param name="h">Index h, in <see cref="H"/>.</param>
    /// <param name="k">Index k, in <see cref="K"/>.</param>
    /// <param name="l">Index l, in <see cref="L"/>.</param>
    /// <returns>The structure factor.</returns>
    public double this[int h, int k, int l]
    {
        get => Contains(h, k, l) ? _values[Place(h, k, l)] : throw new ArgumentOutOfRangeException(nameof(h), Invariant($"{h} {k} {l} is outside the grid."));
        internal set => _values[Place(h, k, l)] = value;
    }

    /// <summary>Whether the grid has a reflection.</summary>
    /// <param name="h">Index h.</param>
    /// <param name="k">Index k.</param>
    /// <param name="l">Index l.</param>
    /// <returns>True if it has.</returns>
    public bool Contains(int h, int k, int l) => H.Contains(h) && K.Contains(k) && L.Contains(l);

    /// <summary>Makes a grid with the same structure factor everywhere.</summary>
    /// <param name="h">The box along h.</param>
    /// <param name="k">The box along k.</param>
    /// <param name="l">The box along l.</param>
    /// <param name="everywhere">The structure factor.</param>
    /// <param name="source">Where the box comes from, for the error.</param>
    /// <param name="limitBytes">What it may take, or null for <see cref="MemoryLimitBytes"/>.</param>
    /// <returns>The grid.</returns>
    /// <exception cref="ExperimentException">It would take more.</exception>
    internal static StructureFactorGrid Filled(IndexRange h, IndexRange k, IndexRange l, double everywhere, string source, long? limitBytes = null)
    {
        var limit = limitBytes ?? MemoryLimitBytes;
        var bytes = sizeof(double) * (Int128)h.Count * k.Count * l.Count;
        try
        {
            if (bytes <= limit)
            {
                var values = new double[(long)bytes / sizeof(double)];
                if (everywhere != 0.0)
                {
                    Array.Fill(values, everywhere);
                }

                return new(h, k, l, values);
            }
        }
        catch (OutOfMemoryException)
        {
            // The same error as for what is known to be too large.
        }

        throw new ExperimentException(Invariant(
            $"{source}: h {h.Minimum} to {h.Maximum}, k {k.Minimum} to {k.Maximum}, l {l.Minimum} to {l.Maximum} need {bytes} bytes of memory, and {limit} are to be had; take out indices that are wrong"));
    }

    /// <summary>Gets a copy with a border, made once. The grid must not change any more.</summary>
    /// <param name="outside">The structure factor of all other reflections.</param>
    /// <param name="squared">Whether squares are wanted.</param>
    /// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <returns>The copy, or null: see <see cref="PaddedGrid{T}.Of"/>.</returns>
    internal PaddedGrid<T>? Padded<T>(double outside, bool squared)
        where T : unmanaged => (PaddedGrid<T>?)_copies.GetOrAdd((typeof(T), outside, squared), _ => PaddedGrid<T>.Of(this, outside, squared));

    private long Place(int h, int k, int l) =>
        (((((long)h - H.Minimum) * K.Count) + ((long)k - K.Minimum)) * L.Count) + ((long)l - L.Minimum);
}
