using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// What gateways answered while another program held the run's file: in memory, in the order in which it came, until it
/// is written. No more than was on its way, for nothing leaves meanwhile. A process that ends before leaves it
/// uncertain, as what has no answer at all.
/// </summary>
/// <remarks>Any thread adds, and drops; the rest is done on the writer's thread.</remarks>
sealed class LateAnswers
{
    /// <summary>In one commit with others, and in one of its own.</summary>
    const int MostFailures = 2;

    readonly Lock _lock = new();
    readonly List<Late> _answers = [];
    int _written;

    public bool IsEmpty => Count == 0;

    public int Count
    {
        get
        {
            lock (_lock)
                return _answers.Count;
        }
    }

    /// <summary>How many messages are answered and not written.</summary>
    public int Messages
    {
        get
        {
            lock (_lock)
                return _answers.Sum(late => late.Answer.Results.Count);
        }
    }

    /// <param name="answers">Copied.</param>
    public void Add(IReadOnlyList<CallResult> answers)
    {
        lock (_lock)
            _answers.AddRange(answers.Select(answer => new Late(answer)));
    }

    /// <summary>Within a transaction: the first that it has not written yet. Nothing where there is none.</summary>
    /// <param name="write">Writes it.</param>
    /// <exception cref="LateAnswerException">It cannot be written, whoever holds the file.</exception>
    public void WriteNext(Action<CallResult> write)
    {
        lock (_lock)
        {
            while (_written < _answers.Count && _answers[_written].Failures == MostFailures) // about to be dropped
                _answers.RemoveAt(_written);
            if (_written == _answers.Count)
                return;

            var late = _answers[_written];
            try
            {
                write(late.Answer);
            }
            catch (Exception fault) when (fault is not LedgerException { IsOfConstraint: false })
            {
                late.Failures++;
                throw new LateAnswerException(late, fault);
            }

            _written++;
        }
    }

    /// <summary>What the transaction wrote is on disk.</summary>
    public void Keep()
    {
        lock (_lock)
        {
            foreach (var late in _answers[.._written])
                late.IsSettled = true;
            _answers.RemoveRange(0, _written);
            _written = 0;
        }
    }

    /// <summary>What the transaction wrote was taken back.</summary>
    public void TakeBack()
    {
        lock (_lock)
            _written = 0;
    }

    /// <summary>Gives one up that cannot be written: its messages are uncertain, as what has no answer.</summary>
    /// <returns>False where that was done, or it is being written after all.</returns>
    public bool Drop(Late late)
    {
        lock (_lock)
        {
            if (late.IsSettled || _answers.IndexOf(late, 0, _written) >= 0)
                return false;

            _answers.Remove(late);
            late.IsSettled = true;
            return true;
        }
    }
}

/// <summary>An answer that waits to be written; two are never the same.</summary>
sealed class Late(CallResult answer)
{
    public CallResult Answer => answer;

    public int Failures { get; set; }

    /// <summary>Whether it was written, or given up.</summary>
    public bool IsSettled { get; set; }
}

/// <summary>An answer that cannot be written by a fault of the program.</summary>
sealed class LateAnswerException(Late late, Exception fault) : Exception(fault.Message, fault)
{
    public Late Late => late;
}
