"""Runs below a run."""

from __future__ import annotations

from azureml._local import run_details as _details
from azureml._local.errors import raises as _raises
from azureml._local.errors import refused as _refused
from azureml._run_impl.run_base import _RunBase
from azureml.core._experiment_method import get_experiment_submit as _get_experiment_submit
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine import store as _store

_CHILDREN = 100


@_raises(UserErrorException, _refused)
class _RunChildren(_RunBase):
    """The children of a run: started, submitted, found."""

    def child_run(self, name=None, run_id=None, outputs=None):
        """Start a run that is a child of this one."""
        held = self._tracking.create_run(
            self._experiment.name,
            run_id or _store.guid(),
            name or _details.friendly_name(),
            parent=self._run_id,
            user=_details.user(self._ws),
        )
        from azureml.core.run import Run

        return Run(self._experiment, held.id, outputs=outputs, _run_dto=held)

    def create_children(self, count=None, tag_key=None, tag_values=None):
        """Start several children: so many, or one for each value of a tag."""
        if tag_key is None and tag_values is None and count is None:
            raise UserErrorException("Either count or tag_key and tag_values must be set")
        if tag_key is None and tag_values is not None:
            raise UserErrorException("tag_key must not be null when tag_values is set")
        if tag_key is not None and tag_values is None:
            raise UserErrorException("tag_values must not be null when tag_key is set")
        if count is not None and tag_key is not None:
            raise UserErrorException("count can not be set when tag_key and tag_values are set")
        if (len(tag_values) if count is None else count) > _CHILDREN:
            raise UserErrorException(f"create_children can not create more than {_CHILDREN} runs")
        children = []
        for value in tag_values if count is None else range(count):
            child = self.child_run()
            child.tag("azureml.batch_child_number" if tag_key is None else tag_key, value)
            children.append(child)
        return children

    def get_children(
        self,
        recursive=False,
        tags=None,
        properties=None,
        type=None,
        status=None,
        _rehydrate_runs=True,
    ):
        """The children, the last started first; with ``recursive`` all below: a generator."""
        from azureml.core.run import _of_type, _run

        workspace = self._experiment.workspace

        def below(run_id):
            for held in self._tracking.runs(parent=run_id):
                yield held
                if recursive:
                    yield from below(held.id)

        if not (tags or properties or status):
            found = below(self._run_id)
        else:
            chosen = {
                held.id for held in self._tracking.runs(tags=tags, properties=properties, status=status)
            }
            found = (held for held in below(self._run_id) if held.id in chosen)
        return _of_type((_run(workspace, held) for held in found), type)

    def submit_child(self, config, tags=None, **kwargs):
        """Submit a script or another configuration as a child of this run."""
        return _get_experiment_submit(config)(
            config,
            self._experiment.workspace,
            self._experiment.name,
            tags=tags,
            _parent_run_id=self._run_id,
            **kwargs,
        )
