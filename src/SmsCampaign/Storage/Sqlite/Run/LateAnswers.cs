using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Sqlite.Run;

/// <summary>
/// What gateways answered while another program held the run's file: in memory, in the order in which it came, until it
/// is written. No more than was on its way, for nothing leaves meanwhile. A process that ends before leaves it
/// uncertain, as what has no answer at all.
/// </summary>
/// <remarks>Any thread adds; the rest is done on the writer's thread.</remarks>
sealed class LateAnswers
{
    readonly Lock _lock = new();
    readonly List<CallResult> _answers = [];
    int _written;

    public bool IsEmpty => Messages == 0;

    /// <summary>How many messages are answered and not written.</summary>
    public int Messages
    {
        get
        {
            lock (_lock)
                return _answers.Sum(answer => answer.Results.Count);
        }
    }

    /// <param name="answers">Copied.</param>
    public void Add(IReadOnlyList<CallResult> answers)
    {
        lock (_lock)
            _answers.AddRange(answers);
    }

    /// <summary>Within a transaction: those that it has not written yet.</summary>
    /// <param name="write">Writes one.</param>
    public void Write(Action<CallResult> write)
    {
        lock (_lock)
        {
            for (; _written < _answers.Count; _written++)
                write(_answers[_written]);
        }
    }

    /// <summary>What the transaction wrote is on disk.</summary>
    public void Keep()
    {
        lock (_lock)
        {
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

    /// <summary>Gives them up: they cannot be written, and are uncertain.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _answers.Clear();
            _written = 0;
        }
    }
}
