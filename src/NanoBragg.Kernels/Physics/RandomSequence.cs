namespace NanoBragg.Kernels.Physics;

/// <summary>
/// The reference program's random numbers: the Lewis-Goodman-Miller multiplier with a Bays-Durham shuffle (physics.md section 13).
/// The shuffle table outlives a seed, as it does there: one instance serves all the sequences of a run, in order of use.
/// </summary>
public sealed class RandomSequence
{
    private const long Multiplier = 16807;
    private const long Modulus = 2147483647;
    private const long Quotient = 127773;
    private const long Remainder = 2836;
    private const int TableSize = 32;
    private const long Divisor = 1 + (Modulus - 1) / TableSize;

    private readonly long[] _table;
    private long _seed;
    private long _last;

    /// <summary>Makes the sequence of a new run.</summary>
    public RandomSequence() => _table = new long[TableSize];

    private RandomSequence(RandomSequence other) => (_table, _seed, _last) = ((long[])other._table.Clone(), other._seed, other._last);

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">The user's seed. A positive one fills the table anew; 0 or less goes on with the table of the sequence before, if any.</param>
    public void Start(int seed) => _seed = unchecked(-seed);

    /// <summary>Copies the sequence as it stands.</summary>
    /// <returns>A sequence that goes on as this one does, and leaves it alone.</returns>
    public RandomSequence Copy() => new(this);

    /// <summary>Draws the next number.</summary>
    /// <returns>A float32 above 0 and below 1.</returns>
    public float Next()
    {
        if (_seed <= 0 || _last == 0)
        {
            _seed = -_seed < 1 ? 1 : -_seed;
            for (var j = TableSize + 7; j >= 0; j--)
            {
                Step();
                if (j < TableSize)
                {
                    _table[j] = _seed;
                }
            }

            _last = _table[0];
        }

        Step();
        var slot = (int)(_last / Divisor);
        _last = _table[slot];
        _table[slot] = _seed;
        var drawn = (float)(1.0 / Modulus * _last);
        return drawn > 1.0 - 1.2e-7 ? (float)(1.0 - 1.2e-7) : drawn;
    }

    // Schrage's method: multiply modulo 2^31 - 1 without a carry.
    private void Step()
    {
        var k = _seed / Quotient;
        _seed = Multiplier * (_seed - k * Quotient) - Remainder * k;
        if (_seed < 0)
        {
            _seed += Modulus;
        }
    }
}
